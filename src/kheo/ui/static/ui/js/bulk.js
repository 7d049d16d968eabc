// Ticking rows: all at once, with a count, and nothing to press while nothing is ticked.
(() => {
  const boxes = (form) => [...document.querySelectorAll(`input[data-bulk][form="${form}"]`)];

  const show = (bar) => {
    const all = boxes(bar.dataset.bulkBar);
    const chosen = all.filter((box) => box.checked);
    const count = bar.querySelector("[data-bulk-count]");
    count.dataset.none ??= count.textContent;
    const words = bar.querySelector("[data-bulk-words]").dataset.bulkWords;
    count.textContent = chosen.length ? words.replace("{count}", chosen.length) : count.dataset.none;
    for (const box of all) box.closest("tr")?.classList.toggle("chosen", box.checked);
    const head = document.querySelector(`input[data-bulk-all="${bar.dataset.bulkBar}"]`);
    if (!head) return;
    head.checked = all.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  };

  const showAll = () => document.querySelectorAll("[data-bulk-bar]").forEach(show);

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.dataset.bulkAll) for (const other of boxes(box.dataset.bulkAll)) other.checked = box.checked;
    if (box.dataset.bulkAll || box.dataset.bulk !== undefined) showAll();
  });
  document.addEventListener("htmx:afterSettle", showAll);
  window.addEventListener("pageshow", showAll);
})();
