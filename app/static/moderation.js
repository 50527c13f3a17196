/* Keys of the moderators' desk. Each key presses the button of the page that names it in data-key; the page works without. */
"use strict";

(() => {
  const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=hidden]), textarea, select, [contenteditable=true]";
  const PRESSED = "a[href], button, summary";
  const TWO_STEPS = ["type", "recent", "refuse", "flags"];
  let waitingFor = null;
  let answeredByKey = false;

  const desk = () => document.querySelector(".desk-of-texts");
  const found = (act) => document.querySelector(`[data-key="${CSS.escape(act)}"]`);
  const words = (name) => desk()?.dataset[name] ?? "";
  const isShown = (element) => element.getClientRects().length > 0;

  function say(sentence) {
    document.getElementById("said").textContent = sentence;
  }

  /* What a key does to the element it belongs to: never the other way, so that a key pressed twice is pressed once. */
  function press(element) {
    if (!element) return false;
    if (element.matches("summary")) {
      const details = element.parentElement;
      if (details.open && details.matches(".sheet")) details.open = false;
      else open(details);
    } else if (element.matches("input[type=checkbox], input[type=radio]")) {
      take(element);
    } else if (element.matches(TYPING)) {
      reveal(element);
      element.focus();
    } else {
      element.click();
    }
    return true;
  }

  function reveal(element) {
    for (let around = element.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  }

  function open(details) {
    details.open = true;
    const first = [...details.querySelectorAll("input:not([type=hidden]), textarea, select, button, a[href]")].find(isShown);
    (first ?? details.querySelector("summary")).focus();
  }

  function take(box) {
    if (box.checked) return;
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    say(`${words("chosen")}: ${box.dataset.name ?? box.closest("label")?.innerText.split("\n")[0].trim() ?? ""}`);
  }

  /* Enter: first what is still to be looked at or answered, then the approval itself. */
  function approve(button) {
    const blurred = document.querySelector("details.urgent:not([open]) > summary");
    const unanswered = document.querySelector("#approve input[name=asked]:not(:checked)");
    if (blurred) blurred.parentElement.open = true;
    else if (unanswered) unanswered.focus();
    else button.click();
  }

  function along(act) {
    const list = [...document.querySelectorAll("#queue-list a")];
    if (!list.length) return press(found(act));
    const here = list.indexOf(document.activeElement);
    const next = here < 0 ? 0 : here + (act === "next" ? 1 : -1);
    list[Math.max(0, Math.min(list.length - 1, next))].focus();
    return true;
  }

  function act(name) {
    if (TWO_STEPS.includes(name)) waitingFor = name;
    if (name === "approve") {
      const button = found(name);
      if (button?.id === "approve-button") approve(button);
      else press(button);
      return Boolean(button);
    }
    if (name === "next" || name === "previous") return along(name);
    return press(found(name)) || TWO_STEPS.includes(name);
  }

  function onKey(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (at.id === "find-code") return onFind(event);
    if (at.matches(TYPING)) {
      if (event.key === "Escape") at.blur();
      return;
    }
    const keys = JSON.parse(words("keys") || "{}");
    if (!Object.keys(keys).length || at.closest("dialog")) return;
    if (event.key === "Enter" && (at.matches(PRESSED) || (at.form && at.form.id !== "approve"))) return;
    answeredByKey = event.key === " " && at.name === "asked";
    if (answeredByKey) return; // the browser ticks it when the key comes up
    if (handled(event, keys)) event.preventDefault();
  }

  function handled(event, keys) {
    const first = waitingFor;
    waitingFor = null;
    if (first && event.key.length === 1 && press(found(`${first}-${event.key.toLowerCase()}`))) return true;
    if (event.key in keys) return act(keys[event.key]);
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (digit && event.shiftKey) return press(found(`refuse-${digit}`));
    return /^[1-9]$/.test(event.key) && press(found(event.key));
  }

  /* The questions are answered one by one; the next has the focus, then the button. A mouse moves no focus. */
  function afterAnswer(box) {
    if (!answeredByKey || !box.checked) return;
    answeredByKey = false;
    (document.querySelector("#approve input[name=asked]:not(:checked)") ?? found("approve")).focus();
  }

  /* Finding a theme: hides what does not fit, and never takes back a tick. */
  const FOLDED = { "æ": "ae", "ø": "oe", "å": "aa" };
  const fold = (text) => text.toLowerCase().replace(/[æøå]/g, (letter) => FOLDED[letter]).normalize("NFD").replace(/\p{M}/gu, "");
  const labels = () => [...document.querySelectorAll("#themes label[data-find]")];
  const fits = (label, parts) => parts.every((part) => fold(`${label.dataset.find} ${label.innerText}`).includes(part));

  function find(query) {
    const parts = fold(query).split(/\s+/).filter(Boolean);
    for (const details of document.querySelectorAll("#themes details")) {
      const those = [...details.querySelectorAll("label[data-find]")];
      details.open = true; // what is closed has no text to look in
      const fitting = those.filter((label) => fits(label, parts));
      for (const label of those) label.hidden = parts.length > 0 && !fitting.includes(label);
      details.hidden = parts.length > 0 && !fitting.length;
      details.open = parts.length > 0 ? fitting.length > 0 : those.some((label) => label.querySelector(":checked"));
    }
    const best = parts.length ? bestOf(parts.join(" ")) : null;
    for (const label of labels()) label.classList.toggle("best", label === best);
    const name = best?.querySelector("input").dataset.name;
    document.getElementById("found").textContent = !parts.length ? "" : name ? `${words("found")}: ${name}` : words("none");
    return best;
  }

  /* A key or a name that begins with what was typed goes before one that only has it somewhere. */
  function bestOf(typed) {
    const shown = labels().filter((label) => !label.hidden);
    const begins = (label) => label.dataset.find.split("|", 3).some((name) => fold(name).startsWith(typed));
    return shown.find(begins) ?? shown[0];
  }

  function onFind(event) {
    const field = event.target;
    if (event.key === "Enter") {
      event.preventDefault();
      const best = find(field.value);
      if (!best) return;
      take(best.querySelector("input"));
      field.value = "";
      find("");
    } else if (event.key === "ArrowDown") {
      const first = labels().find((label) => !label.hidden && isShown(label));
      if (first) event.preventDefault();
      first?.querySelector("input").focus();
    } else if (event.key === "Escape") {
      field.value = "";
      find("");
      document.getElementById("heading").focus();
    }
  }

  /* The same code may stand twice on a page; both ticks say the same, and one list says what is chosen. */
  function onChange(event) {
    const box = event.target;
    if (box.name === "asked") afterAnswer(box);
    if (!box.matches?.("#approve .codes input")) return;
    const other = { suggested: "refused", refused: "suggested" }[box.name];
    if (other && box.checked) box.closest(".chip").querySelector(`input[name=${other}]`).checked = false;
    for (const twin of document.querySelectorAll(`#approve input[name=code][value="${CSS.escape(box.value)}"]`)) {
      if (box.name === "code") twin.checked = box.checked;
    }
    showChosen();
  }

  function showChosen() {
    const shown = document.getElementById("chosen");
    if (!shown) return;
    const ticked = new Map();
    for (const box of document.querySelectorAll(".chips input[name=suggested]:checked, #themes input:checked, .flags input:checked")) ticked.set(box.value, box);
    shown.hidden = !ticked.size;
    shown.querySelector("ul").replaceChildren(...[...ticked.values()].map(pill));
  }

  function pill(box) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet small";
    button.textContent = `${box.dataset.name} ×`;
    button.setAttribute("aria-label", `${words("takeOff")}: ${box.dataset.name}`);
    button.addEventListener("click", () => {
      box.checked = false;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      document.getElementById("find-code").focus();
    });
    item.append(button);
    return item;
  }

  function prepare() {
    for (const finder of document.querySelectorAll(".finder[hidden]")) finder.hidden = false;
    showChosen();
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChange);
  document.addEventListener("input", (event) => event.target.id === "find-code" && find(event.target.value));
  document.addEventListener("htmx:afterSettle", prepare);
  document.addEventListener("DOMContentLoaded", prepare);
})();
