// What htmx could not bring is said in the messages of the page.
(() => {
  const say = (words) => {
    const place = document.getElementById("messages");
    if (!place || !words) return;
    const box = document.createElement("div");
    box.className = "alert alert-danger";
    box.setAttribute("role", "alert");
    box.textContent = words;
    place.replaceChildren(box);
  };
  const words = document.querySelector("template[data-request-words]")?.dataset ?? {};

  // whoever is writing is told, and goes when ready: what was typed is kept in the browser
  const signInAgain = () => {
    if (!document.querySelector("[data-autosave-url]")) {
      window.location.reload();
      return;
    }
    say(words.ended);
    const again = document.createElement("a");
    again.href = window.location.href;
    again.textContent = words.again;
    again.className = "alert-link";
    document.querySelector("#messages .alert")?.append(" ", again);
  };

  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status === 401) signInAgain();
    else say(status === 403 ? words.refused : words.failed);
  });
  document.addEventListener("htmx:sendError", () => say(words.offline));
  document.addEventListener("htmx:timeout", () => say(words.offline));
  // a session that ended answers with the sign-in page: go there as a whole, not into a part
  document.addEventListener("htmx:beforeSwap", (event) => {
    const address = event.detail.xhr.responseURL;
    if (address && new URL(address).pathname.startsWith("/account/sign-in")) {
      event.detail.shouldSwap = false;
      signInAgain();
    }
  });
})();
