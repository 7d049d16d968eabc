// A file dropped anywhere on the box for files is taken and sent; without this the box has a button.
(() => {
  const zone = document.querySelector("[data-drop]");
  if (!zone) return;
  const input = zone.querySelector('input[type="file"]');
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

  zone.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("is-over");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const taken = new DataTransfer();
    taken.items.add(event.dataTransfer.files[0]);
    input.files = taken.files;
    zone.requestSubmit();
  });
})();
