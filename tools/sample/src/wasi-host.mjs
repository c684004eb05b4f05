/**
 * Just enough of WASI preview 1 to run one command that reads its arguments and writes files, with the
 * files in memory. `node:wasi` is not used: it prints an experimental warning on every run, needs a real
 * folder, and lets the program see the real clock.
 *
 * Specification: https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md
 */

const SUCCESS = 0;
const ERROR_BAD_DESCRIPTOR = 8;

const FILE_TYPE_DIRECTORY = 3;
const FILE_TYPE_REGULAR = 4;

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;
const ROOT = 3;
const FIRST_FILE = 4;

const SEEK_CURRENT = 1;
const SEEK_END = 2;

class ProgramExit extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`exit ${status}`);
    this.status = status;
  }
}

/**
 * @typedef {object} CommandResult
 * @property {number} status 0 is success.
 * @property {Map<string, Uint8Array>} files What it wrote, by path below `/`.
 * @property {string} output What it printed, on either stream.
 */

/**
 * Runs a WASI command in a fresh instance, so that no run can leave anything behind for the next.
 *
 * @param {WebAssembly.Module} module
 * @param {readonly string[]} words The command line, the program's own name first.
 * @returns {CommandResult}
 */
export function runCommand(module, words) {
  /** @type {Map<string, MemoryFile>} */
  const files = new Map();
  const output = new MemoryFile();
  /** @type {Map<number, MemoryFile>} */
  const open = new Map([
    [STANDARD_OUTPUT, output],
    [STANDARD_ERROR, output],
  ]);
  let nextDescriptor = FIRST_FILE;

  /** @type {WebAssembly.Memory} */
  let memory;
  // Made anew on each use: growing the memory detaches earlier views.
  const view = () => new DataView(memory.buffer);
  const bytes = () => new Uint8Array(memory.buffer);
  /** @param {number} pointer @param {number} value */
  const setUint32 = (pointer, value) => view().setUint32(pointer, value, true);
  /** @param {number} pointer @param {number} value */
  const setUint64 = (pointer, value) => view().setBigUint64(pointer, BigInt(value), true);

  const encodedWords = words.map((word) => new TextEncoder().encode(`${word}\0`));

  /** @type {Record<string, (...parameters: any[]) => number>} */
  const imports = {
    args_sizes_get(countPointer, sizePointer) {
      setUint32(countPointer, encodedWords.length);
      setUint32(
        sizePointer,
        encodedWords.reduce((sum, word) => sum + word.length, 0),
      );
      return SUCCESS;
    },
    args_get(pointersPointer, textPointer) {
      for (const word of encodedWords) {
        setUint32(pointersPointer, textPointer);
        bytes().set(word, textPointer);
        pointersPointer += 4;
        textPointer += word.length;
      }
      return SUCCESS;
    },
    // A clock that stands still: the output must not depend on when it was made.
    clock_time_get(_clock, _precision, timePointer) {
      setUint64(timePointer, 0);
      return SUCCESS;
    },
    fd_prestat_get(descriptor, resultPointer) {
      if (descriptor !== ROOT) return ERROR_BAD_DESCRIPTOR;
      setUint32(resultPointer, 0);
      setUint32(resultPointer + 4, 1);
      return SUCCESS;
    },
    fd_prestat_dir_name(_descriptor, namePointer) {
      bytes().set([0x2f], namePointer);
      return SUCCESS;
    },
    fd_fdstat_get(descriptor, resultPointer) {
      if (descriptor !== ROOT && !open.has(descriptor)) return ERROR_BAD_DESCRIPTOR;
      view().setUint8(resultPointer, descriptor === ROOT ? FILE_TYPE_DIRECTORY : FILE_TYPE_REGULAR);
      view().setUint16(resultPointer + 2, 0, true);
      view().setBigUint64(resultPointer + 8, ~0n & 0xffff_ffff_ffff_ffffn, true);
      view().setBigUint64(resultPointer + 16, ~0n & 0xffff_ffff_ffff_ffffn, true);
      return SUCCESS;
    },
    fd_fdstat_set_flags: () => SUCCESS,
    path_open(_folder, _lookup, pathPointer, pathLength, _open, _rights, _inheriting, _flags, resultPointer) {
      // Copied first: TextDecoder refuses views of some wasm memories.
      const path = new TextDecoder().decode(bytes().slice(pathPointer, pathPointer + pathLength));
      const file = new MemoryFile();
      files.set(path, file);
      open.set(nextDescriptor, file);
      setUint32(resultPointer, nextDescriptor++);
      return SUCCESS;
    },
    fd_write(descriptor, vectors, count, writtenPointer) {
      const file = open.get(descriptor);
      if (file === undefined) return ERROR_BAD_DESCRIPTOR;
      let written = 0;
      for (let vector = vectors; vector < vectors + count * 8; vector += 8) {
        const start = view().getUint32(vector, true);
        const length = view().getUint32(vector + 4, true);
        file.write(bytes().subarray(start, start + length));
        written += length;
      }
      setUint32(writtenPointer, written);
      return SUCCESS;
    },
    fd_read(_descriptor, _vectors, _count, readPointer) {
      setUint32(readPointer, 0);
      return SUCCESS;
    },
    fd_seek(descriptor, offset, whence, positionPointer) {
      const file = open.get(descriptor);
      if (file === undefined) return ERROR_BAD_DESCRIPTOR;
      setUint64(positionPointer, file.seek(Number(offset), whence));
      return SUCCESS;
    },
    fd_close: (descriptor) => (open.delete(descriptor) ? SUCCESS : ERROR_BAD_DESCRIPTOR),
    proc_exit(status) {
      throw new ProgramExit(status);
    },
  };

  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports });
  memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
  return {
    status: statusOf(/** @type {() => void} */ (instance.exports._start)),
    files: new Map([...files].map(([path, file]) => [path, file.content()])),
    output: new TextDecoder().decode(output.content()),
  };
}

/** @param {() => void} start */
function statusOf(start) {
  try {
    start();
    return 0;
  } catch (error) {
    if (error instanceof ProgramExit) return error.status;
    throw error;
  }
}

class MemoryFile {
  #buffer = new Uint8Array(1 << 16);
  #length = 0;
  #position = 0;

  /** @param {Uint8Array} chunk */
  write(chunk) {
    const end = this.#position + chunk.length;
    if (end > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(end, this.#buffer.length * 2));
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#position);
    this.#position = end;
    this.#length = Math.max(this.#length, end);
  }

  /** @param {number} offset @param {number} whence */
  seek(offset, whence) {
    const base = whence === SEEK_CURRENT ? this.#position : whence === SEEK_END ? this.#length : 0;
    this.#position = base + offset;
    return this.#position;
  }

  content() {
    return this.#buffer.slice(0, this.#length);
  }
}
