// A notice and a sound when more shifts need somebody, for whoever switched them on in this browser.

const KEY = "firstyes.notices";
const button = document.getElementById("notices");
const needed = () => Number(document.title.match(/^\((\d+)\)/)?.[1] ?? 0);
let before = needed();
let sound = null;

const kept = {
  get: () => { try { return localStorage.getItem(KEY) === "on"; } catch { return false; } },
  set: (on) => { try { localStorage.setItem(KEY, on ? "on" : "off"); } catch { /* kept until the page is left */ } },
};
let on = kept.get();

function show() {
  const denied = on && "Notification" in window && Notification.permission === "denied";
  button.setAttribute("aria-checked", String(on));
  button.title = denied ? "A sound only: this browser shows no notices of this page. Allow them in its settings." : "";
  if (on) document.documentElement.dataset.notices = "on";
  else delete document.documentElement.dataset.notices;
}

// Two short tones. A browser plays none before something on the page was clicked.
async function play() {
  try {
    sound ??= new AudioContext();
    if (sound.state === "suspended") await sound.resume();
    for (const [after, pitch] of [[0, 660], [0.18, 880]]) {
      const [tone, gain, at] = [sound.createOscillator(), sound.createGain(), sound.currentTime + after];
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0.12, at);
      gain.gain.exponentialRampToValueAtTime(0.001, at + 0.16);
      tone.connect(gain).connect(sound.destination);
      tone.start(at);
      tone.stop(at + 0.17);
    }
  } catch { /* there is nothing to play it on */ }
}

async function press() {
  on = !on;
  kept.set(on);
  if (on && "Notification" in window && Notification.permission === "default") await Notification.requestPermission();
  show();
  if (on) play();
}

function look() {
  const now = needed();
  if (on && now > before) {
    document.documentElement.dataset.rang = String(now);
    play();
    if ("Notification" in window && Notification.permission === "granted")
      new Notification(document.title.replace(/ · firstyes$/, ""), { tag: "firstyes" });
  }
  before = now;
}

button.hidden = false;
button.addEventListener("click", press);
addEventListener("storage", () => { on = kept.get(); show(); });
new MutationObserver(look).observe(document.querySelector("title"), { childList: true });
show();
