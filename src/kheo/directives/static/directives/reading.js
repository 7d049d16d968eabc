// The checking page: a finding and its words light each other; keys decide; a selection is marked.
(() => {
  const page = document.querySelector("[data-checking]");
  if (!page) return;
  const paper = document.getElementById("paper-text");
  const marker = document.getElementById("marker");
  const keysSwitch = page.querySelector("[data-keys-switch]");
  page.classList.add("has-keys");
  let current = "";

  const cardOf = (key) => document.getElementById(`finding-${key}`);
  const tagOf = (key) => document.getElementById(`text-${key}`);
  const marksOf = (key) => paper.querySelectorAll(`mark[data-findings~="${key}"]`);

  const light = (key) => {
    for (const lit of page.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
    current = key;
    cardOf(key)?.classList.add("is-lit");
    tagOf(key)?.classList.add("is-lit");
    for (const mark of marksOf(key)) mark.classList.add("is-lit");
  };

  // only the box with the text moves, never the page below the pointer
  const showInText = (key) => {
    const place = tagOf(key) ?? marksOf(key)[0];
    if (!place) return;
    const box = paper.getBoundingClientRect();
    const at = place.getBoundingClientRect();
    paper.scrollTop += at.top - box.top - box.height / 3;
  };

  const showCard = (key, block = "center") => {
    const card = cardOf(key);
    if (!card) return;
    card.scrollIntoView({ block: window.innerWidth < 960 ? "start" : block });
    card.focus({ preventScroll: true });
  };

  const go = (key) => {
    light(key);
    showInText(key);
    showCard(key, "nearest");
  };

  // several findings over one another: each click takes the next one outward
  const next = (keys) => keys[(keys.indexOf(current) + 1) % keys.length];

  page.addEventListener("click", (event) => {
    const tag = event.target.closest(".mark-tag");
    if (tag) {
      event.preventDefault();
      const key = tag.dataset.tag ?? tag.closest(".finding").dataset.finding;
      light(key);
      if (tag.dataset.tag) showCard(key);
      else showInText(key);
      return;
    }
    const mark = event.target.closest("mark[data-findings]");
    if (mark && window.getSelection().isCollapsed) {
      const key = next(mark.dataset.findings.split(" "));
      light(key);
      showCard(key);
      return;
    }
    const card = event.target.closest(".finding[data-finding]");
    if (card && !event.target.closest("a, button, input, textarea, select, label")) {
      light(card.dataset.finding);
      showInText(card.dataset.finding);
    }
  });

  const cards = () => [...page.querySelectorAll(".finding[data-finding]")];

  const step = (by) => {
    const all = cards();
    if (!all.length) return;
    const at = all.findIndex((card) => card.dataset.finding === current);
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    go(all[to].dataset.finding);
  };

  const deeds = { a: "accept", c: "correct", r: "reject" };
  const WRITTEN_IN = "input:not([type=checkbox]), textarea, select, [contenteditable]";

  // the form that was asked for is on its way: what is typed ahead is meant for it, and decides nothing
  const isAsked = () => cardOf(current)?.querySelector("a.htmx-request[data-deed]");

  // whoever writes elsewhere meanwhile is not called away: the next letters would decide
  const mayFocus = (...places) => {
    const box = document.activeElement?.closest(WRITTEN_IN);
    return !box || places.some((place) => place?.contains(box));
  };

  document.addEventListener("keydown", (event) => {
    if (!keysSwitch.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(WRITTEN_IN)) return;
    if (event.key.length === 1 && isAsked()) {
      event.preventDefault();
      return;
    }
    const key = event.key.toLowerCase();
    const inList = event.target.closest(".finding");
    if (key === "j" || (inList && event.key === "ArrowDown")) step(1);
    else if (key === "k" || (inList && event.key === "ArrowUp")) step(-1);
    else if (deeds[key] && current) cardOf(current)?.querySelector(`[data-deed="${deeds[key]}"]`)?.click();
    else return;
    event.preventDefault();
  });

  const remembered = "kheo:reading-keys";
  try {
    keysSwitch.checked = localStorage.getItem(remembered) !== "off";
  } catch {
    // a browser that keeps nothing starts with the keys on
  }
  keysSwitch.addEventListener("change", () => {
    try {
      localStorage.setItem(remembered, keysSwitch.checked ? "on" : "off");
    } catch {
      // then the choice lasts as long as the page
    }
  });

  // what is decided on is where the keys go on from
  document.addEventListener("htmx:beforeRequest", (event) => {
    const card = event.target.closest?.(".finding[data-finding]");
    if (card) light(card.dataset.finding);
  });

  // after a decision the words in the text show the new state; whoever went on meanwhile is not
  // called back
  document.addEventListener("htmx:afterSettle", (event) => {
    const card = event.detail.elt?.closest?.(".finding[data-finding]");
    if (!card || card !== event.detail.elt) return;
    const { finding, state } = card.dataset;
    for (const mark of marksOf(finding)) {
      if (mark.dataset.findings.split(" ")[0] !== finding) continue;
      mark.className = mark.className.replace(/\bis-(proposed|accepted|corrected|rejected|added)\b/, `is-${state}`);
    }
    if (current !== finding) return;
    light(finding);
    if (!mayFocus(card)) return;
    const box = card.querySelector(".finding-form :is(input:not([type=hidden]), textarea, select)");
    (box ?? card).focus({ preventScroll: true });
  });

  // the form for what is added stands at the head of the list, wherever the person is in it
  document.getElementById("adding")?.addEventListener("htmx:afterSettle", (event) => {
    if (!mayFocus(marker, event.currentTarget)) return;
    const form = document.querySelector("#adding .adding");
    form?.scrollIntoView({ block: "start" });
    form?.querySelector("input:not([type=hidden]), textarea, select")?.focus({ preventScroll: true });
  });

  // where in the text a place of the selection lies, in characters of the text
  const offsetOf = (node, offset) => {
    const part = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
    if (!part || !paper.contains(part)) return null;
    const range = document.createRange();
    range.setStart(part, 0);
    range.setEnd(node, offset);
    return Number(part.dataset.s) + [...range.toString()].length;
  };

  const take = () => {
    const selection = window.getSelection();
    if (!marker || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const start = offsetOf(range.startContainer, range.startOffset);
    const end = offsetOf(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    marker.elements.words.value = selection.toString().replace(/\s+/g, " ").trim();
    marker.elements.start.value = start;
    marker.elements.end.value = end;
  };
  paper.addEventListener("mouseup", () => window.setTimeout(take));
  paper.addEventListener("keyup", take);
  paper.addEventListener("touchend", () => window.setTimeout(take, 300));
  marker?.elements.words.addEventListener("input", () => {
    marker.elements.start.value = "";
    marker.elements.end.value = "";
  });

  // an address that names a finding lights it
  const named = /^#(?:finding|text)-(\d+)$/.exec(window.location.hash);
  if (named) go(named[1]);
})();
