"""Reports to take away: a Word file, a page to print, and the receipt that reproduces them."""
