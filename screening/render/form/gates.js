"use strict";
// Works the gates of the compiled circuit: which question is due, and whether to stop.
// No answer means anything here that it does not mean there. `answers` is a Map by question.

function worked(form, answers) {
  const on = [];
  for (const [what, first, second, third] of form.gates) {
    const value = answers.get(first);
    switch (what) {
      case "asked": on.push(answers.has(first)); break;
      case "word": on.push(second.includes(value)); break;
      case "range": on.push(Number.isInteger(value) && second <= value && value <= third); break;
      case "every": on.push(first.every(part => on[part])); break;
      case "some": on.push(first.some(part => on[part])); break;
      case "not": on.push(!on[first]); break;
      case "enough": on.push(second.filter(part => on[part]).length >= first); break;
      default: throw new Error("a gate that this page does not know");
    }
  }
  return on;
}

// Returns the ids of the questions that can be asked now, in asking order.
function due(form, answers) {
  const on = worked(form, answers);
  const over = form.ends.some(([wire]) => on[wire]);
  const read = name => answers.has(name) || form.reads[name].some(wire => on[wire]);
  return form.questions
    .filter(one => one.first || !over)
    .filter(one => !read(one.id) && form.parents[one.id].every(read))
    .map(one => one.id);
}

// Returns what is said where this is not for the client, and nothing more is asked.
function ended(form, answers) {
  const on = worked(form, answers);
  return form.ends.filter(([wire]) => on[wire]).map(([, words]) => words);
}

function stops(form, answers) {
  return worked(form, answers)[form.emergency];
}

// Returns the answers after one was given, without those that no longer apply after it.
// What a movement does stands on its own, as in an interview.
function taken(form, answers, name, value) {
  let kept = new Map(answers).set(name, value);
  const changed = new Set([name]);
  for (const one of form.questions) {
    const follows = form.parents[one.id].some(above => changed.has(above));
    if (!kept.has(one.id) || one.movement || !follows) continue;
    const without = new Map(kept);
    without.delete(one.id);
    const on = worked(form, without);
    if (form.ruled_out[one.id].some(wire => on[wire])) {
      kept = without;
      changed.add(one.id);
    }
  }
  return kept;
}
