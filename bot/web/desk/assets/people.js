"use strict";
// Keeps the list and the exchange up to date. The pages work without this file, by loading them again.
(() => {
  const place = document.querySelector("[data-refresh]");
  if (!place) return;
  const live = document.getElementById("live");
  const EVERY = 3000; // milliseconds
  const shown = () => place.firstElementChild;

  function show(fresh) {
    const before = shown();
    const lines = before.querySelectorAll("li").length;
    place.replaceChildren(fresh);
    document.title = `${fresh.dataset.title} - 惠企政策助手`;
    live.textContent = fresh.dataset.say ?? [...fresh.querySelectorAll("li")].slice(lines).map((line) => line.textContent.trim()).join("\n");
    // What may be done has changed: the buttons come with the page, and what is typed must not be lost.
    const typed = document.getElementById("text")?.value;
    if (fresh.dataset.state && fresh.dataset.state !== before.dataset.state && !typed) location.reload();
  }

  async function refresh() {
    try {
      const answer = await fetch(place.dataset.refresh, { headers: { "X-Part": "1" } });
      if (answer.status === 401 && !document.getElementById("text")?.value) location.reload();
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
      if (fresh && fresh.dataset.mark !== shown().dataset.mark) show(fresh);
    } catch {
      // not reachable just now: what is shown stays
    } finally {
      setTimeout(refresh, EVERY);
    }
  }

  document.querySelector("[data-write]")?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      event.currentTarget.requestSubmit();
    }
  });
  setTimeout(refresh, EVERY);
})();
