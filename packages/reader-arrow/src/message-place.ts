/** Where one encapsulated message stands in a file. */
export interface MessagePlace {
  /** Of its first byte: the continuation marker, or the length in files older than it. */
  readonly offset: number;
  /** Bytes before its body, with marker, length and padding. */
  readonly metadataBytes: number;
  readonly bodyBytes: number;
}

/** A dictionary batch. */
export interface DictionaryPlace extends MessagePlace {
  readonly id: number;
  /** Adds to what came before under its number, which it replaces otherwise. */
  readonly isDelta: boolean;
}

/** A record batch, and how many dictionary batches stand before it. */
export interface BatchPlace extends MessagePlace {
  readonly rows: number;
  readonly dictionaries: number;
}

/** All messages of a file, without their bodies. */
export interface Messages {
  /** The message that a stream begins with. */
  readonly schema: Uint8Array;
  readonly dictionaries: readonly DictionaryPlace[];
  readonly batches: readonly BatchPlace[];
}
