// Keys for what the review desk has as links and buttons anyway: j and k from alarm to alarm, r read, s set aside.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea")) return;
  const alarms = [...document.querySelectorAll("[data-alarm]")];
  const here = alarms.findIndex((alarm) => alarm.contains(document.activeElement));
  if (event.key === "j" || event.key === "k") {
    const alarm = alarms[here < 0 ? 0 : here + (event.key === "j" ? 1 : -1)];
    const link = alarm && alarm.querySelector("a");
    if (link) link.focus();
  } else if (event.key === "r" || event.key === "s") {
    const alarm = alarms.length === 1 ? alarms[0] : alarms[here];
    const button = alarm && alarm.querySelector(`[data-key="${event.key}"]`);
    if (button) button.click();
  }
});
