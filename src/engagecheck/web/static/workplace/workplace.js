// What only a script can do: say when an answer did not reach the program, and go to what is wrong. Every page works without it.
"use strict";
(() => {
  const announced = document.getElementById("announced");
  const say = (text) => { announced.textContent = text; };
  document.body.addEventListener("htmx:sendError", () => say("Not saved: the program does not answer. Keep this page open, and start engagecheck serve again."));
  document.body.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.status === 403
    ? "Not saved: you are no longer signed in. Keep this page open, and sign in in another tab."
    : event.detail.xhr.status === 409
    ? "Not saved: the assessment can no longer be changed. Load the page again."
    : "Not saved: the program failed. Press Save to try again."));
  document.body.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) say(""); });
  document.querySelector("main .summary")?.focus();
  document.getElementById("sign-in")?.requestSubmit();
})();
