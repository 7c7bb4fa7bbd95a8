// What the text of a script says of its steps, line by line: enough to follow the cursor while it is being written.

const entry = /^(\s*)- +(?:\{\s*)?(?:id: *([a-z0-9_]+))?/;

/** steps are the entries below "steps:", with their names and their lines; one without a name is known by its line alone. */
export function steps(text) {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => /^steps:/.test(line));
  const found = [];
  let depth;
  for (let i = from + 1; from >= 0 && i < lines.length; i++) {
    const [, lead, id] = entry.exec(lines[i]) ?? [];
    if (/^\S/.test(lines[i]) && lead === undefined && !lines[i].startsWith("#")) break; // the next key of the script
    if (lead === undefined || lead.length > (depth ??= lead.length)) {
      const named = found.length && !found.at(-1).id && new RegExp(`^\\s{${depth + 2}}id: *([a-z0-9_]+)`).exec(lines[i]);
      if (named) found.at(-1).id = named[1];
      continue;
    }
    found.push({ id, line: i + 1 });
  }
  for (const [i, step] of found.entries()) {
    step.end = (found[i + 1]?.line ?? lines.length + 1) - 1;
    while (step.end > step.line && (!lines[step.end - 1].trim() || /^\s{0,2}#/.test(lines[step.end - 1]))) step.end--;
  }
  return found;
}

/** within is the step in which a line stands. */
export const within = (list, line) => list.findLast((step) => step.line <= line);

/** variables are the names that the script keeps something under. */
export const variables = (text) => [...new Set([...text.matchAll(/\bsave: *([a-z0-9_.]+)/g)].map(([, name]) => name))];

/** actions are what the script asks of the program. */
export const actions = (text) => [...new Set([...text.matchAll(/\bdo: *([a-z0-9_.]+)/g)].map(([, name]) => name))];
