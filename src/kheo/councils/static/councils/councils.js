// Scoring by keyboard: Ctrl + Enter hands in, Alt + Page Up and Page Down go to the neighbouring files.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") {
    const button = document.querySelector('#score-form [name="deed"][value="hand-in"]');
    if (button) {
      event.preventDefault();
      button.click();
    }
  }
  if (event.altKey && !event.ctrlKey && !event.shiftKey) {
    const link = document.querySelector(`[data-key="${event.key}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  }
});
