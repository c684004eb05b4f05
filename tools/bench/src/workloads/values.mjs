/** SQL for values that depend on the row number alone, so that any range of rows can be made by itself. */

export const words = `['wave','stone','quiet','river','seven','amber','north','paper','glass','winter','lamp','cedar','copper','morning','field','silver']`;

/** A pseudo-random number below `bound` from the row number `i`; `salt` tells columns apart. */
export const draw = (salt, bound, row = 'i') => `(hash(${row}, ${salt}) % ${bound})::INTEGER`;

/** A sentence of `count` (SQL) words. */
export const sentence = (count, salt) =>
  `array_to_string(list_transform(range(${count}), lambda k: ${words}[1 + ${draw(salt, 16, 'i * 97 + k')}]), ' ')`;

/** The row numbers `start` … `start + rows − 1`, as `i`. */
export const rowNumbers = (start, rows) => `range(${start}, ${start + rows}) rows(i)`;
