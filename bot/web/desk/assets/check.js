"use strict";
// The check works out anew whenever a field changes; without this file, with the button 算.
(() => {
  const holder = document.getElementById("check");
  if (!holder) return;
  const told = document.querySelector("[data-told]");
  const box = document.getElementById("sentence");
  let asked = 0;

  const form = () => holder.querySelector("[data-check]");
  const filled = (extra) => {
    const items = [...new FormData(form())].filter(([, value]) => value);
    return new URLSearchParams(extra ? [...items, extra] : items).toString();
  };

  // The address in the bar is always one that can be passed on: facts only, never a sentence.
  function settle() {
    const address = form().dataset.address;
    history.replaceState(null, "", "/desk/check" + (address ? "?" + address : ""));
    document.querySelector("[data-state]").value = address;
  }

  async function refresh(extra) {
    const mine = ++asked;
    const sent = filled();
    form().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch("/desk/check?" + filled(extra), { headers: { "X-Part": "1" } });
      if (answer.status === 401) { location.reload(); return; }
      const html = await answer.text();
      if (mine !== asked) return; // a later answer is on its way
      if (!answer.ok) throw new Error(html);
      if (filled() !== sent) return; // somebody is typing on: the next change brings it
      replace(html);
    } catch (error) {
      if (mine === asked) trouble(error);
    } finally {
      if (mine === asked) form().removeAttribute("aria-busy");
    }
  }

  function replace(html) {
    const open = [...holder.querySelectorAll("details[open][id]")].map((one) => one.id);
    const at = holder.contains(document.activeElement) ? document.activeElement : null;
    const [id, start, end] = at ? [at.id, at.selectionStart, at.selectionEnd] : [];
    const [x, y] = [scrollX, scrollY];
    holder.innerHTML = html;
    for (const one of open) document.getElementById(one)?.setAttribute("open", "");
    const again = id && document.getElementById(id);
    if (again) {
      again.focus({ preventScroll: true });
      if (again.type === "text" && start !== null) again.setSelectionRange(start, end);
    }
    scrollTo(x, y);
    told.textContent = form().dataset.summary;
    settle();
  }

  function trouble(error) {
    holder.querySelector("[data-trouble]")?.remove();
    const note = document.createElement("p");
    note.className = "trouble";
    note.dataset.trouble = "";
    note.setAttribute("role", "alert");
    const offline = error instanceof TypeError;
    note.textContent = offline ? "连不上，没有重算；填的都还在。请检查网络后再按“算”。" : error.message;
    holder.prepend(note);
  }

  function goTo(id) {
    const place = document.getElementById(id);
    const control = place?.querySelector("input:checked, input:not([type=hidden]), select");
    if (!control) return;
    place.closest("details")?.setAttribute("open", "");
    control.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  }

  holder.addEventListener("change", () => refresh());
  holder.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    refresh(button?.name ? [button.name, button.value] : undefined);
  });
  holder.addEventListener("click", (event) => {
    const link = event.target.closest("[data-goto]");
    if (link) { event.preventDefault(); goTo(link.hash.slice(1)); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (at === box && event.key === "Enter" && !event.shiftKey) { event.preventDefault(); box.form.requestSubmit(); return; }
    if (at.matches("input[type=text], textarea, select")) return;
    const key = event.key.toLowerCase();
    const next = holder.querySelector(".targets [data-goto]");
    if (key === "/") { event.preventDefault(); box.focus(); box.select(); }
    else if (key === "n" && next) { event.preventDefault(); goTo(next.hash.slice(1)); }
  });
  settle();
})();
