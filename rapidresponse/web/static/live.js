/* A live page says when it is not live. Everything else is htmx's, or works without a script. */
(() => {
  const word = document.getElementById("live");
  const say = (state) => {
    if (word.dataset.state === state) return;
    word.dataset.state = state;
    word.textContent = word.dataset[state];
    word.hidden = false;
  };
  document.addEventListener("htmx:afterRequest", (event) => {
    const code = event.detail.xhr ? event.detail.xhr.status : 0;
    say(code > 0 && code < 500 ? "live" : "lost");
  });
  addEventListener("offline", () => say("lost"));
})();
