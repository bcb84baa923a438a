// Answers without loading the whole page, and says so when the connection is gone. The page works without this file.
"use strict";

(() => {
  const turn = document.getElementById("turn");
  if (!turn) return;
  const live = document.getElementById("live");
  const trouble = document.getElementById("trouble");
  const WAITS = [400, 1500, 4000]; // milliseconds before a lost answer is asked for again
  let busy = false;
  let again = null; // what was being sent when the connection failed

  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const shown = () => turn.querySelector("[data-revision]")?.dataset.revision;

  // The form's own token makes a repeat harmless: the server takes it once.
  async function ask(method, address, body) {
    for (const pause of [...WAITS, null]) {
      try {
        const headers = { "X-Part": "turn" };
        if (body) headers["Content-Type"] = "application/x-www-form-urlencoded";
        const response = await fetch(address, { method, body, headers });
        if (response.status < 500 || pause === null) return response;
      } catch (error) {
        if (pause === null) throw error;
      }
      await wait(pause);
    }
  }

  function ticks() {
    return [...turn.querySelectorAll(".choices input[type=checkbox]:checked")].map((box) => box.value);
  }

  function replace(html) {
    const before = { revision: shown(), ticks: ticks() };
    turn.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    if (shown() === before.revision) {
      for (const box of turn.querySelectorAll(".choices input[type=checkbox]")) {
        if (before.ticks.includes(box.value)) box.checked = true;
      }
    }
  }

  // Whoever hears the page is told what was said, then stands at the question (or the result).
  function settle() {
    const said = [...turn.querySelectorAll("[data-said]")].map((part) => part.textContent.trim()).join("\n");
    live.textContent = said;
    const heading = turn.querySelector(".focus");
    const first = turn.querySelector(".talk, .note");
    heading?.focus({ preventScroll: true });
    (first ?? heading)?.scrollIntoView({ block: "nearest" });
    const at = (first ?? heading)?.getBoundingClientRect();
    if (at && (at.top < 0 || at.bottom > window.innerHeight)) (first ?? heading).scrollIntoView({ block: "start" });
    if (heading) document.title = `${heading.textContent.trim()} - 惠企政策助手`;
  }

  function fail(why) {
    trouble.querySelector("p").textContent = why;
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  }

  async function send(body) {
    if (busy) return;
    busy = true;
    again = body;
    trouble.hidden = true;
    turn.setAttribute("aria-busy", "true");
    try {
      const response = await ask("POST", "/chat", body);
      const text = await response.text();
      if (response.ok) {
        again = null;
        replace(text);
        settle();
      } else {
        fail(response.headers.get("content-type")?.startsWith("text/plain") ? text : "没有处理成功，填的内容还在。请再试一次。");
      }
    } catch {
      fail("没有连上，填的内容还在，先前的回答也都在。网络好了再试一次。");
    } finally {
      busy = false;
      turn.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-turn]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
    send(body.toString());
  });

  trouble.querySelector("button").addEventListener("click", () => {
    if (again !== null) send(again);
  });

  // While a person is waited for or answers, the page asks for what they say; what is being typed stays.
  const EVERY = 3000;

  async function listen() {
    const place = document.getElementById("exchange");
    if (place && ["waiting", "held"].includes(place.dataset.state) && !busy) {
      try {
        const answer = await fetch(`/people?state=${place.dataset.state}`, { headers: { "X-Part": "turn" } });
        const html = answer.ok && answer.status !== 204 ? await answer.text() : "";
        const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#exchange");
        if (fresh && !busy && place.isConnected && fresh.dataset.mark !== place.dataset.mark) {
          if (fresh.dataset.state === place.dataset.state) {
            const before = place.querySelectorAll("li").length;
            place.replaceWith(fresh);
            const said = [...fresh.querySelectorAll("li")].slice(before);
            live.textContent = said.map((line) => line.textContent.trim()).join("\n");
            said.at(-1)?.scrollIntoView({ block: "nearest" });
          } else await whole();
        }
      } catch {
        // not reachable just now: asked again
      }
    }
    setTimeout(listen, EVERY);
  }

  async function whole() {
    const response = await fetch("/", { headers: { "X-Part": "turn" } });
    const html = await response.text();
    if (!response.ok || busy) return;
    const before = turn.querySelector("#text");
    const typing = before !== null && before === document.activeElement;
    const typed = before?.value;
    replace(html);
    const field = turn.querySelector("#text");
    if (field && typed) field.value = typed;
    settle();
    if (typing) field?.focus();
  }

  setTimeout(listen, EVERY);

  // A tab that was left and come back to shows what another tab answered meanwhile, unless something is being filled in.
  document.addEventListener("visibilitychange", async () => {
    const filled = () =>
      ticks().length > 0 || [...turn.querySelectorAll("input[name=text], input[name=figure]")].some((field) => field.value);
    if (document.hidden || busy || filled()) return;
    try {
      const response = await fetch("/", { headers: { "X-Part": "turn" } });
      const html = await response.text();
      const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-revision]");
      if (response.ok && fresh && fresh.dataset.revision !== shown() && !busy && !filled()) replace(html);
    } catch {
      // not reachable just now: what is shown stays
    }
  });
})();
