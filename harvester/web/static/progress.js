// Follows a harvest: shows what the server sends, until nothing is under way. Without scripts the page is loaded again.
"use strict";
const shown = document.getElementById("progress");
if (shown && shown.dataset.events) {
  const events = new EventSource(shown.dataset.events);
  const show = (event) => { shown.innerHTML = event.data; };
  events.addEventListener("state", show);
  events.addEventListener("done", (event) => { show(event); events.close(); });
  events.addEventListener("error", () => {
    // A stream that ended is asked for again by the browser itself; one that was refused is not.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });
}
