"use strict";
// The desk works without this file; with it, results come as one types and everything can be done from the keyboard.
(() => {
  const form = document.querySelector("[data-find]");
  if (!form) return;
  const TYPED = 150; // milliseconds of silence after which what was typed is looked up
  const MOVED = 60; // and after which the clause moved to is opened
  const box = form.querySelector("#q");
  const results = document.getElementById("results");
  const article = document.getElementById("article");
  const count = document.getElementById("count");
  const latest = { search: 0, open: 0 }; // an answer that comes late is not shown
  let pending = false; // typed, and what it finds is not shown yet
  let timer;

  const query = (more = {}) =>
    new URLSearchParams([...new FormData(form), ...Object.entries(more)].filter(([, value]) => value)).toString();
  const links = () => [...results.querySelectorAll("[data-article]")];
  const current = () => results.querySelector("[aria-current]");

  function after(wait, act) {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  }

  async function part(kind, path, into) {
    const mine = ++latest[kind];
    into.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(path, { headers: { "X-Part": "1" } });
      if (answer.status === 401) location.assign("/desk/search?" + query()); // to sign in, and back with the words
      const text = await answer.text();
      if (mine !== latest[kind]) return false;
      if (!answer.ok) throw new Error(text);
      into.innerHTML = text;
      return true;
    } catch (error) {
      if (mine === latest[kind]) tell(error instanceof TypeError ? "" : error.message);
      return false;
    } finally {
      if (mine === latest[kind]) into.removeAttribute("aria-busy");
    }
  }

  function tell(why) {
    const note = document.createElement("p");
    note.className = "trouble";
    note.setAttribute("role", "alert");
    note.textContent = why || "连不上，请检查网络后再试。";
    results.querySelectorAll(".trouble").forEach((old) => old.remove());
    results.prepend(note);
  }

  async function search() {
    if (!(await part("search", "/desk/search?" + query(), results))) return;
    pending = false;
    history.replaceState(null, "", "/desk/search?" + query());
    count.textContent = "找到 " + links().length + " 条";
    if (current()) await open(current().dataset.article);
    else article.replaceChildren();
  }

  async function open(id, focus = false) {
    if (article.querySelector("[data-open]")?.dataset.open !== id || !focus) {
      if (!(await part("open", "/desk/article?" + query({ id }), article))) return;
      article.scrollTop = 0;
      history.replaceState(null, "", "/desk/search?" + query({ open: id }));
    }
    if (focus) article.focus();
  }

  function select(link) {
    for (const other of links()) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = links();
    if (!all.length) return;
    select(all[Math.min(Math.max(all.indexOf(current()) + by, 0), all.length - 1)]);
    after(MOVED, () => open(current().dataset.article));
  }

  function leave(event) {
    if (event.target !== box) box.focus();
    else if (box.value) { box.value = ""; changed(event); }
    box.select();
  }

  function changed(event) {
    if (event.isComposing) return; // letters on their way to become characters
    pending = true;
    after(TYPED, search);
  }

  form.addEventListener("input", changed);
  form.addEventListener("compositionend", changed);
  form.addEventListener("submit", (event) => { event.preventDefault(); after(0, search); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-article]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (results.contains(link)) select(link);
      open(link.dataset.article, true);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const inBox = event.target === box;
    const elsewhere = !inBox && event.target.matches("input, select, textarea, summary");
    const typing = inBox || elsewhere;
    const key = event.key.toLowerCase();
    const keys = {
      "/": !typing && (() => { box.focus(); box.select(); }),
      escape: () => leave(event),
      arrowdown: !elsewhere && (() => step(1)),
      arrowup: !elsewhere && (() => step(-1)),
      enter: inBox && (async () => {
        clearTimeout(timer);
        if (pending) await search();
        if (!pending && current()) open(current().dataset.article, true);
      }),
    };
    if (keys[key]) { event.preventDefault(); keys[key](); }
  });
})();
