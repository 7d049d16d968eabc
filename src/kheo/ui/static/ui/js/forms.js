// Guards of forms: one click sends once, and what was typed is not lost by leaving.
(() => {
  const dirty = new Set();

  const release = (form) => {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll('button[aria-busy="true"]')) button.removeAttribute("aria-busy");
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    dirty.delete(form);
    if (form.method !== "post") return;
    form.dataset.sending = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    // a download leaves the page standing: the form must work again
    window.setTimeout(() => release(form), 8000);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-guard]") && !form.dataset.autosaveUrl) dirty.add(form);
  });

  window.addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (!form.isConnected) dirty.delete(form);
    if (dirty.size) event.preventDefault();
  });

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
  // only the form that was answered: another one may still be on its way to the server
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.matches?.("form[data-sending]")) release(event.detail.elt);
  });

  // one drop-down at a time, closed by Escape or by looking elsewhere
  const drops = () => document.querySelectorAll("details.drop[open], details.narrow-menu[open]");
  document.addEventListener("click", (event) => {
    for (const drop of drops()) if (!drop.contains(event.target)) drop.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const drop of drops()) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });
})();
