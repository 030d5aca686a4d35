// Antragswerk: comfort on top of pages that work without it.
"use strict";

// Ask once before a destructive button does its work.
function askFirst(button) {
  button.addEventListener("click", (event) => {
    if (button.dataset.confirmed) return;
    event.preventDefault();
    const dialog = document.createElement("dialog");
    dialog.className = "kern-dialog aw-dialog";
    const question = document.createElement("p");
    question.id = "rueckfrage";
    question.textContent = button.dataset.confirm;
    dialog.setAttribute("aria-labelledby", question.id);
    const answers = document.createElement("p");
    answers.className = "aw-actions";
    answers.append(
      dialogButton("Nein, zurück", "primary", () => dialog.close()),
      dialogButton("Ja", "secondary", () => {
        button.dataset.confirmed = "1";
        dialog.close();
        button.click();
      }),
    );
    dialog.append(question, answers);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
}

function dialogButton(text, kind, act) {
  const button = document.createElement("button");
  const label = document.createElement("span");
  button.type = "button";
  button.className = `kern-btn kern-btn--${kind}`;
  label.className = "kern-label";
  label.textContent = text;
  button.append(label);
  button.addEventListener("click", act);
  return button;
}

// A form is sent once; after ten seconds, or when the browser comes back to it, again.
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => sendAgain(form), 10000);
  });
}

function sendAgain(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

// Say which files were chosen, before they are uploaded.
function showChosenFiles(input) {
  const line = document.createElement("p");
  line.className = "aw-muted";
  line.setAttribute("role", "status");
  input.after(line);
  input.addEventListener("change", () => {
    const names = [...input.files].map((file) => file.name);
    line.textContent = names.length ? `Ausgewählt: ${names.join(", ")}` : "";
  });
}

// Count down the characters of a long answer; read out only near the end.
function countCharacters(area) {
  const line = document.createElement("p");
  line.className = "aw-muted";
  area.after(line);
  const count = () => {
    const left = area.maxLength - area.value.length;
    line.textContent = left === 1 ? "Noch 1 Zeichen" : `Noch ${left} Zeichen`;
    line.setAttribute("aria-live", left < 50 ? "polite" : "off");
  };
  area.addEventListener("input", count);
  count();
}

// Work list: j and k move between the rows, Enter follows the link that has the focus.
function moveWithKeys(body) {
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (!step || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...body.querySelectorAll(".aw-table__open")];
    const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1);
    links[next]?.focus();
  });
}

// Sections of a page become tabs; without scripts the links jump to them.
function showAsTabs(list) {
  const tabs = [...list.querySelectorAll("a")];
  const panel = (tab) => document.getElementById(tab.hash.slice(1));
  const show = (chosen) => tabs.forEach((tab) => {
    const open = tab === chosen;
    tab.setAttribute("aria-selected", open);
    tab.tabIndex = open ? 0 : -1;
    panel(tab).hidden = !open;
    if (open) panel(tab).querySelectorAll("[data-diagram]:not([data-mounted])").forEach(drawDiagram);
  });
  list.setAttribute("role", "tablist");
  tabs.forEach((tab, at) => {
    tab.parentElement.setAttribute("role", "presentation");
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel(tab).id);
    panel(tab).setAttribute("role", "tabpanel");
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", tab.hash);
      show(tab);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      next.click();
      next.focus();
    });
  });
  show(tabs.find((tab) => tab.hash === location.hash) || tabs[0]);
}

// Draw a process and mark where the case stands.
async function drawDiagram(canvas) {
  if (!window.BpmnJS) return;
  canvas.dataset.mounted = "1";
  try {
    const answer = await fetch(canvas.dataset.diagram, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
    const viewer = new window.BpmnJS({ container: canvas });
    await viewer.importXML(await answer.text());
    const drawing = viewer.get("canvas");
    const known = viewer.get("elementRegistry");
    for (const [ids, marker] of [[canvas.dataset.done, "aw-done"], [canvas.dataset.active, "aw-active"]]) {
      for (const id of (ids || "").split(" ")) {
        if (known.get(id)) drawing.addMarker(id, marker);
      }
    }
    drawing.zoom("fit-viewport", "auto");
  } catch {
    canvas.textContent = "Das Diagramm lässt sich gerade nicht anzeigen. Bitte laden Sie die Seite neu.";
  }
}

// A choice may open or close further questions: the server says which, nothing is saved by that.
function askServer(form) {
  form.addEventListener("change", async (event) => {
    if (!event.target.matches("select, [type=radio], [type=checkbox]")) return;
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    typed.set("aktualisieren", "1");
    const answer = await fetch(form.action, { method: "POST", body: typed, credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`#${form.id} [data-questions]`);
    const shown = form.querySelector("[data-questions]");
    const names = (part) => [...part.querySelectorAll("[name]")].map((one) => one.name).join();
    if (!fresh || names(fresh) === names(shown)) return;
    const focused = document.activeElement?.id;
    shown.replaceWith(fresh);
    enhance(fresh);
    document.getElementById(focused)?.focus();
  });
}

function enhance(part) {
  const each = (selector, comfort) => part.querySelectorAll(selector).forEach(comfort);
  each("[data-confirm]", askFirst);
  each("input[type=file]", showChosenFiles);
  each("textarea[maxlength]", countCharacters);
}

document.addEventListener("DOMContentLoaded", () => {
  const each = (selector, comfort) => document.querySelectorAll(selector).forEach(comfort);
  enhance(document);
  each("form[method=post]", sendOnce);
  each("form[data-refresh]", askServer);
  each("[data-rows]", moveWithKeys);
  each("[data-tabs]", showAsTabs);
  each("[data-diagram]:not([data-mounted])", (canvas) => canvas.offsetParent && drawDiagram(canvas));
  document.querySelector("[role=alert][tabindex='-1']")?.focus();
});

// The back button shows the page as it was: its forms may be sent again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(sendAgain);
});
