"use strict";
// The desk works without this file; with it, results come as one types and everything can be done from the keyboard.
(() => {
  const form = document.querySelector("[data-find]");
  if (!form) return;
  const box = form.querySelector("#q");
  const results = document.getElementById("results");
  const article = document.getElementById("article");
  let asked = 0;
  let timer;

  const query = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();

  async function part(path) {
    const answer = await fetch(path, { headers: { "X-Part": "1" } });
    if (answer.status === 401) location.reload();
    if (!answer.ok) throw new Error(await answer.text());
    return answer.text();
  }

  async function search() {
    const mine = ++asked;
    results.setAttribute("aria-busy", "true");
    try {
      const html = await part("/desk/search?" + query());
      if (mine !== asked) return; // a later answer is on its way
      results.innerHTML = html;
      history.replaceState(null, "", "/desk/search?" + query());
      const first = results.querySelector("[data-article]");
      if (first) await open(first, false);
    } catch (error) {
      if (mine === asked) tell(error.message);
    } finally {
      if (mine === asked) results.removeAttribute("aria-busy");
    }
  }

  function tell(why) {
    const note = document.createElement("p");
    note.className = "trouble";
    note.setAttribute("role", "alert");
    note.textContent = why || "连不上，请检查网络后再试。";
    results.prepend(note);
  }

  async function open(link, focus) {
    for (const other of results.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    if (results.contains(link)) link.setAttribute("aria-current", "true");
    const day = form.querySelector("#as_of").value;
    const asOf = day ? "&as_of=" + encodeURIComponent(day) : "";
    article.innerHTML = await part("/desk/article?id=" + encodeURIComponent(link.dataset.article) + asOf);
    if (focus) article.focus();
  }

  function step(by) {
    const links = [...results.querySelectorAll("[data-article]")];
    if (!links.length) return;
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    for (const link of links) link.removeAttribute("aria-current");
    next.setAttribute("aria-current", "true");
    next.scrollIntoView({ block: "nearest" });
  }

  async function copy() {
    const text = article.querySelector("#say");
    const told = article.querySelector(".copied");
    if (!text) return;
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    told.textContent = "已复制";
  }

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 150); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); search(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-article]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); open(link, true); }
    if (event.target.closest("[data-copy]")) copy();
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    const inBox = event.target === box;
    if (event.key === "/" && !typing) { event.preventDefault(); box.focus(); box.select(); }
    else if (event.key === "Escape" && inBox) { box.value = ""; search(); }
    else if (event.key === "ArrowDown" && (inBox || !typing)) { event.preventDefault(); step(1); }
    else if (event.key === "ArrowUp" && (inBox || !typing)) { event.preventDefault(); step(-1); }
    else if (event.key === "Enter" && (inBox || event.target === document.body || event.target === article)) {
      const current = results.querySelector("[aria-current]");
      if (current) { event.preventDefault(); clearTimeout(timer); open(current, true); }
    } else if (event.key.toLowerCase() === "c" && !typing) { event.preventDefault(); copy(); }
  });
})();
