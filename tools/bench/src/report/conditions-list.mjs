/**
 * When and on what a section was measured, as lines of a list: one, if all of it was measured together.
 * @param {readonly object[]} results Of one section.
 */
export function conditionsList(results) {
  const groups = new Map();
  for (const result of results) groups.set(keyOf(result), [...(groups.get(keyOf(result)) ?? []), result]);
  return [...groups.values()]
    .map((group) => {
      const { date, commit, machine, versions, command } = group[0].conditions;
      const loads = group.map(({ conditions }) => conditions.load);
      const [least, most] = [Math.min(...loads), Math.max(...loads)];
      const which = groups.size === 1 ? '' : `${group.map(({ name }) => name).join('; ')}: `;
      return `- ${which}${date}, commit ${commit}, \`${command}\`, load before the start ${least === most ? least : `${least} to ${most}`}; ${machine}; ${versions}`;
    })
    .join('\n');
}

function keyOf({ conditions: { date, commit, machine, versions, command } }) {
  return JSON.stringify([date, commit, machine, versions, command]);
}
