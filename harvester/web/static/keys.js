// Keys for what the page has as links anyway: j or right arrow to what came later, k or left arrow to what came before;
// n to the next changed passage of a redline, p to the one before.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea, [tabindex]")) return;
  const step = { n: 1, p: -1 }[event.key];
  const passage = step && document.getElementById(`hunk-${(Number(location.hash.replace("#hunk-", "")) || 0) + step}`);
  if (passage) location.hash = passage.id;
  const rel = { j: "next", ArrowRight: "next", k: "prev", ArrowLeft: "prev" }[event.key];
  const link = rel && document.querySelector(`nav.steps a[rel="${rel}"]`);
  if (link) link.click();
});
