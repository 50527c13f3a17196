/* Masking by selecting: words selected in a text are ticked in the list of words below it. The list does it all without. */
"use strict";

(() => {
  const TEXT = ".said-by-citizen", BOXES = ".mask-more input[name=word]";
  const button = () => document.getElementById("mask-selected");

  /* The words that are not hidden, as ranges, in the order of their boxes. A mask ends a word. */
  function openWords(text) {
    const words = [], walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let run = [];
    const end = () => {
      const said = run.map((node) => node.data).join("");
      for (const word of said.matchAll(/\S+/g)) words.push(rangeOf(run, word.index, word.index + word[0].length));
      run = [];
    };
    let mark = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const around = node.parentElement.closest("mark");
      if (around !== mark) end();
      mark = around;
      if (!mark) run.push(node);
    }
    end();
    return words;
  }

  function rangeOf(run, from, to) {
    const range = document.createRange();
    let at = 0;
    for (const node of run) {
      if (from >= at && from < at + node.length) range.setStart(node, from - at);
      if (to > at && to <= at + node.length) range.setEnd(node, to - at);
      at += node.length;
    }
    return range;
  }

  const overlaps = (one, other) =>
    one.compareBoundaryPoints(Range.END_TO_START, other) < 0 && one.compareBoundaryPoints(Range.START_TO_END, other) > 0;

  /* The boxes of the selected words; none where the list does not fit the text, which only unheard-of blanks bring about. */
  function chosen() {
    const selection = document.getSelection(), text = document.querySelector(TEXT);
    const boxes = [...document.querySelectorAll(BOXES)];
    if (!text || !selection.rangeCount || selection.isCollapsed) return [];
    const range = selection.getRangeAt(0), words = openWords(text);
    if (!range.intersectsNode(text) || words.length !== boxes.length) return [];
    return boxes.filter((_, at) => overlaps(words[at], range));
  }

  document.addEventListener("selectionchange", () => {
    if (button()) button().hidden = chosen().length === 0;
  });
  /* The press itself would take the selection away. */
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("#mask-selected")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#mask-selected")) return;
    const wanted = new Set(chosen());
    for (const box of document.querySelectorAll(BOXES)) box.checked = wanted.has(box);
    document.getElementById("mask-more").open = true;
    document.getSelection().removeAllRanges();
    document.getElementById("mask-type").focus();
  });
})();
