// Leaving a page on a computer that others can see. The button in the header does the same without script.

const PRESSES = 3;
const WITHIN = 2000; // milliseconds
const exit = document.querySelector("form[data-exit]");

/** Blank first, before anything is asked of the network; then end the session and put another page in this one's place. */
function leave() {
  const token = new URLSearchParams(new FormData(exit));
  document.title = "";
  document.body.replaceChildren();
  navigator.sendBeacon(exit.action, token);
  location.replace(exit.dataset.exit);
}

let presses = [];

function countShift(event) {
  if (event.repeat) return;
  const recent = presses.filter((moment) => event.timeStamp - moment < WITHIN);
  presses = event.key === "Shift" ? [...recent, event.timeStamp] : [];
  if (presses.length === PRESSES) leave();
}

/** A page that nobody uses on a shared computer goes blank when its session has ended, and asks anew who is there. */
function blankWhenIdle(seconds) {
  let last = Date.now();
  const look = () => {
    if (Date.now() - last < seconds * 1000) return;
    document.body.replaceChildren();
    location.reload();
  };
  for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, () => (last = Date.now()), { passive: true });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 15000);
}

if (exit) document.addEventListener("keydown", countShift);
if (document.documentElement.dataset.idle) blankWhenIdle(Number(document.documentElement.dataset.idle));
