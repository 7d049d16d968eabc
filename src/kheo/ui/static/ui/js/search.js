// The key “/” leads to the search box of the page, from wherever nobody is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const boxes = [...document.querySelectorAll("[data-search-box]")];
  const box = boxes.find((one) => one.offsetParent !== null);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
