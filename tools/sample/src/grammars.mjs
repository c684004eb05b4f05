/**
 * The texts of the sample are our own, so nobody's copyright or privacy is in them. Each grammar maps a
 * symbol to its alternatives; `{symbol}` in an alternative is expanded in turn. Flite's voices speak
 * English only, so the texts are English only.
 *
 * @typedef {Readonly<Record<string, readonly string[]>> & { readonly sentence: readonly string[] }} Grammar
 */

const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'twelve', 'fifteen', 'twenty'];

const TOWNS = ['Millbrook', 'Ashford', 'Kelmarsh', 'Newhaven', 'Thornbury', 'Eastwick', 'Larkhill', 'Port Ellen'];

/** Even, phonetically mixed sentences as a voice actor would read them. */
const tts = {
  sentence: [
    'The {adjective} {person} {action} the {adjective} {thing} {where}.',
    '{number} {adjective} {animals} {movement} {where}.',
    'Has the {person} already {done} the {adjective} {thing}?',
    'Please put the {thing} and the {adjective} {thing} {where}.',
  ],
  adjective: ['old', 'quiet', 'bright', 'heavy', 'careful', 'green', 'narrow', 'curious', 'rough', 'gentle', 'vivid'],
  person: ['gardener', 'pilot', 'teacher', 'baker', 'judge', 'sailor', 'choir master', 'watchmaker', 'neighbour'],
  action: ['carried', 'measured', 'painted', 'borrowed', 'weighed', 'polished', 'hid', 'sold', 'found'],
  done: ['carried', 'measured', 'painted', 'borrowed', 'weighed', 'polished', 'hidden', 'sold', 'found'],
  thing: ['kettle', 'ladder', 'violin', 'basket', 'engine', 'jacket', 'telescope', 'bridge', 'fountain', 'chart'],
  animals: ['foxes', 'geese', 'donkeys', 'hedgehogs', 'sparrows', 'young otters', 'bees', 'ponies'],
  movement: ['waited', 'wandered', 'slept', 'gathered', 'were playing', 'vanished'],
  where: [
    'behind the church',
    'near the harbour',
    'under the oak',
    'by the window',
    'on the third floor',
    'at the edge of the field',
  ],
  number: NUMBERS,
};

/** Longer sentences with subordinate clauses. */
const audiobook = {
  sentence: [
    '{when}, {hero} {deed}, and {omen}.',
    '{hero} {deed}, although {omen}.',
    'Nobody in {town} remembered {memory}, yet {hero} {deed} all the same.',
    '{when}, long after {memory}, {hero} {deed}.',
  ],
  when: [
    'That evening',
    'Before the snow had melted',
    'In the seventh week',
    'When the bells fell silent',
    'At first light',
    'On the last day of autumn',
  ],
  hero: [
    'the ferryman',
    'her grandmother',
    'the youngest brother',
    'Captain Harlow',
    'the clockmaker of {town}',
    'a stranger in grey',
  ],
  deed: [
    'opened the letter without a word',
    'walked down to the empty shore',
    'counted the coins once more',
    'followed the lantern into the wood',
    'asked for the key to the tower',
    'laid the map upon the table',
  ],
  omen: [
    'the wind began to turn',
    'no one dared to speak',
    'the river had risen by a hand',
    'a single candle burned upstairs',
    'the dogs would not stop howling',
    'the harbour lay under fog',
  ],
  memory: [
    'the winter of the great storm',
    'the name of the ship',
    'the song of the mill',
    'the promise beneath the lime tree',
    'the night the lighthouse failed',
  ],
  town: TOWNS,
};

/** Turns of a conversation. */
const dialogue = {
  sentence: [
    'Are you coming to {town} {day}?',
    'No, I have to {errand} {day}, but we could {pastime} {later}.',
    'Did you {errand}, or should I do it {later}?',
    'Well, {opinion}, so let us {errand} {day}.',
    'I told {friend} that {opinion}.',
    '{friend} wants to {errand} {later}. What do you think?',
  ],
  day: ['today', 'tomorrow', 'on Monday', 'on Wednesday', 'this Friday', 'at the weekend'],
  later: ['after lunch', 'in the evening', 'next week', 'in {number} days', 'as soon as the rain stops'],
  errand: [
    'fix the bicycle',
    'call the plumber',
    'pick up the parcel',
    'water the tomatoes',
    'visit my aunt',
    'return the books',
    'buy some paint',
  ],
  pastime: [
    'go for a walk',
    'cook something new',
    'look at the photographs',
    'try the chess set',
    'listen to the choir',
  ],
  opinion: [
    'it is much too far to walk',
    'the train is never late',
    'the soup needs more salt',
    'nobody reads that paper any more',
    'the new caf\u00e9 is lovely',
    'we still have {number} chairs to carry',
  ],
  friend: ['Maria', 'Tom', 'Doctor Reed', 'Aisha', 'Jonas', 'your sister'],
  number: NUMBERS,
  town: TOWNS,
};

/** Short orders to a machine. */
const commands = {
  sentence: [
    'Turn {state} the {device} in the {room}.',
    'Set a timer for {number} {unit}.',
    'Play {music} in the {room}.',
    'Make the {room} {number} degrees warmer.',
    'Add {number} {goods} to my list.',
    'Call {contact}.',
    'Remind me in {number} {unit}.',
  ],
  state: ['on', 'off'],
  device: ['lamp', 'heating', 'radio', 'fan', 'camera', 'blinds'],
  room: ['kitchen', 'hall', 'bedroom', 'garage', 'attic', 'study'],
  unit: ['minutes', 'hours', 'seconds'],
  music: ['some jazz', 'the news', 'rain sounds', 'my favourites', 'a waltz'],
  goods: ['lemons', 'eggs', 'batteries', 'apples', 'onions'],
  contact: ['mum', 'the office', 'the dentist', 'Aisha', 'Tom'],
  number: NUMBERS,
};

/** Radio news: numbers, places, weekdays. */
const news = {
  sentence: [
    'In {town}, {event} {amount} on {weekday}, {source} said.',
    '{source} expects {amount} more {counted} in {town} by {weekday}.',
    '{weekday} in {town}: {weather}, with {number} degrees at noon.',
    'After {number} hours of talks in {town}, {outcome}.',
  ],
  event: [
    'repairs to the bridge cost',
    'the spring market earned',
    'the school fund received',
    'a lost painting sold for',
  ],
  amount: ['{number} thousand', '{number} hundred', '{number} million', 'nearly {number} thousand'],
  counted: ['visitors', 'trees', 'bicycles', 'letters', 'new homes'],
  source: ['the mayor', 'the railway', 'the harbour office', 'the weather service', 'the county library'],
  weather: ['fog and light rain', 'clear skies', 'strong wind from the west', 'snow above the hills', 'a little sun'],
  outcome: [
    'the strike is over',
    'the two clubs will merge',
    'the ferry keeps its route',
    'no decision was reached',
    'the council agreed on a new park',
  ],
  weekday: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  number: NUMBERS,
  town: TOWNS,
};

/** @type {Readonly<Record<'tts' | 'audiobook' | 'dialogue' | 'commands' | 'news', Grammar>>} */
export const GRAMMARS = { tts, audiobook, dialogue, commands, news };
