"""What the pages of this application share: their style, their forms, the way templates are shown."""
