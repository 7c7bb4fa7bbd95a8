// The files of a reply: chosen, pasted or dropped. What is chosen stands beside the button, by name.
const form = ({ target }) => target.closest?.("#write form.reply");

function show(form) {
  form.querySelector(".chosen").textContent = [...form.elements.file.files].map(({ name }) => `\u2068${name}\u2069`).join(" · ");
}

function add(form, files) {
  const field = form.elements.file, all = new DataTransfer();
  for (const file of [...field.files, ...files]) all.items.add(file);
  field.files = all.files;
  show(form);
}

export function start() {
  document.addEventListener("change", (e) => form(e) && e.target.name === "file" && show(form(e)));
  document.addEventListener("paste", (e) => {
    if (!form(e) || !e.clipboardData.files.length) return;
    e.preventDefault();
    add(form(e), e.clipboardData.files);
  });
  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (e) => {
      const over = form(e);
      if (!over || !e.dataTransfer?.types.includes("Files")) return;
      e.preventDefault();
      over.classList.toggle("dropping", type === "dragover");
      if (type === "drop") add(over, e.dataTransfer.files);
    });
  }
}
