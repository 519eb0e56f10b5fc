// Everything here is a convenience: without script the same forms and links do the same work.

const ours = window.trustedTypes?.createPolicy("classroom", { createHTML: (html) => html }) ?? { createHTML: (html) => html };

/** Puts each element of a fragment from our own server in the place of its namesake; returns the first. */
function putInPlace(html) {
  const template = document.createElement("template");
  template.innerHTML = ours.createHTML(html);
  const elements = [...template.content.children];
  for (const element of elements) document.getElementById(element.id)?.replaceWith(element);
  return elements[0];
}

/** Sends a form's fields and asks for the changed part of the page alone. */
function send(address, fields) {
  return fetch(address, { method: "POST", body: new URLSearchParams(fields), headers: { "X-Fragment": "1" } });
}

/** Gives every form on the page the token of the person who was just made. */
function renewTokens(token) {
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
}

// Glossary: a term opens beside the text; without popovers its link leads to the glossary.

function openTerm(event) {
  const link = event.target.closest("a.term");
  const card = link && document.getElementById(`term-${link.dataset.term}`);
  if (!card?.showPopover) return;
  event.preventDefault();
  card.showPopover();
  card.querySelector("button").focus();
}

// Checks: answered in place. The open form waits aside for another try.

async function answerCheck(event) {
  const form = event.target;
  const section = form.closest("[data-check]");
  if (!section) return;
  event.preventDefault();
  const answer = await send(form.action, new FormData(form)).catch(() => null);
  if (!answer?.ok) return form.submit(); // the page itself says what is wrong, with what was typed
  const judged = putInPlace(await answer.text());
  renewTokens(judged.dataset.token ?? "");
  document.documentElement.dataset.person = "";
  judged.querySelector('[role="status"]').focus({ preventScroll: true });
  judged.querySelector("a.button")?.addEventListener("click", (click) => {
    click.preventDefault();
    form.querySelector('input[name="csrf_token"]').value = judged.dataset.token ?? "";
    judged.replaceWith(section);
    section.querySelector("input:not([type=hidden]), select")?.focus();
  });
}

// Checklists: a tick is kept at once.

function keepTicks(form) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", async () => {
    const answer = await send(form.action, new FormData(form)).catch(() => null);
    if (!answer?.ok) form.querySelector("button").hidden = false;
  });
}

// The place in a lesson: remembered only for someone who answered or kept something before.

function rememberPlace(lesson) {
  const headings = [...lesson.querySelectorAll("h2[id]")];
  const here = () => headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2).at(-1)?.id ?? "";
  const tell = () => {
    if (!("person" in document.documentElement.dataset)) return;
    const token = document.querySelector('input[name="csrf_token"]')?.value ?? "";
    navigator.sendBeacon(`${lesson.dataset.lesson}/place`, new URLSearchParams({ part: here(), csrf_token: token }));
  };
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell());
  if (!location.hash) addEventListener("load", tell);
}

// Quizzes: each answer is saved as it is given; what could not be sent waits in this tab and is sent later.

class Quiz {
  constructor(form) {
    this.form = form;
    this.waiting = new Map();
    this.sending = null;
    this.mayHandIn = false;
    this.status = form.querySelector("[data-saved]");
    this.open = form.querySelector("[data-unanswered]");
    this.bringBack();
    form.addEventListener("change", (event) => this.note(event.target));
    form.addEventListener("submit", (event) => this.handIn(event));
    addEventListener("online", () => this.save());
  }

  get key() {
    return `quiz ${this.form.getAttribute("action")}`;
  }

  note(field) {
    const question = field.closest("fieldset");
    const names = new Set([...question.querySelectorAll("[name]")].map((input) => input.name));
    const given = new FormData(this.form);
    for (const name of names) this.waiting.set(name, given.getAll(name));
    this.mayHandIn = false;
    this.open.hidden = true;
    this.putAside();
    this.save();
  }

  async save() {
    if (this.sending || !this.waiting.size) return;
    const batch = new Map(this.waiting);
    const fields = [...batch].flatMap(([name, values]) => (values.length ? values : [""]).map((value) => [name, value]));
    for (const name of ["csrf_token", "revision"]) {
      const field = this.form.querySelector(`input[name="${name}"]`);
      if (field) fields.push([name, field.value]);
    }
    this.sending = send(this.form.action, fields).catch(() => null);
    const answer = await this.sending;
    this.sending = null;
    if (answer?.ok) this.saved(batch, await answer.json());
    else this.notSaved(answer);
  }

  saved(batch, state) {
    for (const [name, values] of batch) if (this.waiting.get(name) === values) this.waiting.delete(name);
    sessionStorage.removeItem(this.key);
    if (this.form.getAttribute("action") !== state.attempt) history.replaceState(null, "", state.attempt);
    this.form.setAttribute("action", state.attempt);
    renewTokens(state.token);
    this.revision = state.revision;
    this.status.textContent = this.form.dataset.savedText.replace("{time}", state.saved_at);
    this.putAside();
    this.save();
  }

  set revision(number) {
    let field = this.form.querySelector('input[name="revision"]');
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: "revision" });
      this.form.append(field);
    }
    field.value = number;
  }

  notSaved(answer) {
    if (answer && answer.status !== 503) return location.reload(); // handed in elsewhere, or no longer ours: the page knows
    this.status.textContent = this.form.dataset.waitingText;
    setTimeout(() => this.save(), 5000);
  }

  putAside() {
    if (this.waiting.size) sessionStorage.setItem(this.key, JSON.stringify([...this.waiting]));
  }

  bringBack() {
    const kept = sessionStorage.getItem(this.key);
    if (!kept) return;
    this.waiting = new Map(JSON.parse(kept));
    for (const [name, values] of this.waiting) {
      for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
        else if (field.type !== "hidden") field.value = values.at(-1) ?? "";
      }
    }
    this.save();
  }

  unanswered() {
    return [...this.form.querySelectorAll("fieldset")].filter((question) => {
      const fields = [...question.querySelectorAll("input:not([type=hidden]), select")];
      const picks = fields.filter((field) => field.type === "radio" || field.type === "checkbox");
      return picks.length ? !picks.some((field) => field.checked) : fields.some((field) => !field.value.trim());
    });
  }

  handIn(event) {
    if (event.submitter?.name !== "hand-in") return;
    if (this.isHandedIn) return event.preventDefault(); // pressed twice
    const open = this.unanswered();
    if (open.length && !this.mayHandIn) {
      event.preventDefault();
      return this.warn(open);
    }
    if (!navigator.onLine) {
      event.preventDefault();
      this.status.textContent = this.form.dataset.waitingText;
      return;
    }
    this.isHandedIn = true;
    sessionStorage.removeItem(this.key);
  }

  warn(open) {
    this.mayHandIn = true;
    const all = [...this.form.querySelectorAll("fieldset")];
    const numbers = open.map((question) => all.indexOf(question) + 1).join(", ");
    this.open.textContent = this.form.dataset.openText.replace("{numbers}", numbers);
    this.open.hidden = false;
  }
}

document.addEventListener("click", openTerm);
document.addEventListener("submit", answerCheck);
document.querySelectorAll("[data-checklist]").forEach(keepTicks);
document.querySelectorAll("[data-lesson]").forEach(rememberPlace);
document.querySelectorAll("[data-quiz]").forEach((form) => new Quiz(form));
addEventListener("pageshow", (event) => event.persisted && "person" in document.documentElement.dataset && location.reload());
