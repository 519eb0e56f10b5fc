// Passkeys: the browser asks its device, and the answer goes out with an ordinary form. Without script the form is not shown.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

const named = (list = []) => list.map((credential) => ({ ...credential, id: bytes(credential.id) }));

/** What the device is asked, with bytes where JSON has text. */
function question(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: named(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: named(options.allowCredentials) }),
  };
}

/** The device's answer as JSON, with text where it has bytes. */
function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function askDevice(form) {
  const fields = new FormData(form);
  fields.delete("credential");
  const challenge = await fetch(form.dataset.challenge, { method: "POST", body: new URLSearchParams(fields) });
  if (challenge.redirected) return location.assign(challenge.url); // to prove anew who one is
  if (!challenge.ok) throw new Error("no challenge");
  const publicKey = question(await challenge.json());
  const isSharedComputer = document.querySelector('input[type="checkbox"][name="shared"]')?.checked;
  form.elements.credential.value = answer(await navigator.credentials[form.dataset.passkey]({ publicKey }));
  if (isSharedComputer) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "shared", value: "1" }));
  form.submit();
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  const status = form.querySelector("[data-passkey-status]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    status.textContent = "";
    askDevice(form).catch(() => (status.textContent = form.dataset.failed));
  });
}
