"use strict";
// What is to be said on the phone is copied by its button, or by the key C wherever nobody is typing.
(() => {
  async function copy(button) {
    const text = document.getElementById(button.dataset.copy);
    const words = text.innerText.trim();
    let copied = true;
    try {
      await navigator.clipboard.writeText(words);
    } catch { // without https there is no clipboard to write to
      getSelection().selectAllChildren(text);
      copied = document.execCommand("copy");
    }
    button.parentElement.querySelector(".copied").textContent = copied ? "已复制" : "没有复制成，已经选中，请按 Ctrl+C";
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== "c") return;
    if (event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea, summary")) return;
    const button = document.querySelector("[data-copy]");
    if (button) { event.preventDefault(); copy(button); }
  });
})();
