// Counts lines and characters where the official form asks for so many lines (data-lines="3-5").
(() => {
  // how many characters of 14-point type fit on a line of the form
  const LINE = 75;

  const linesOf = (text) =>
    text.trim() === "" ? 0 : text.trim().split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0);

  const words = document.querySelector("template[data-line-words]")?.dataset ?? {};

  const show = (box) => {
    const [least, most] = box.dataset.lines.split("-").map(Number);
    const lines = linesOf(box.value);
    const counter = document.getElementById(`${box.id}_counter`);
    const range = most ? `${least}–${most}` : `${least}`;
    counter.textContent = (words.lineWords ?? "{lines} / {range} · {count}")
      .replace("{lines}", lines).replace("{range}", range).replace("{count}", [...box.value].length);
    counter.classList.toggle("counter-out", lines > 0 && (lines < least || lines > (most || least)));
  };

  const prepare = (root) => {
    for (const box of root.querySelectorAll("textarea[data-lines]")) {
      if (document.getElementById(`${box.id}_counter`)) continue;
      const counter = document.createElement("span");
      counter.className = "counter";
      counter.id = `${box.id}_counter`;
      box.after(counter);
      show(box);
    }
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("textarea[data-lines]")) show(event.target);
  });
  document.addEventListener("htmx:load", (event) => prepare(event.target.parentNode ?? document));
  prepare(document);
})();
