/** Takes so many bytes of what a batch may come to, for a column. @throws BadContentError once it is more. */
export type SpendBytes = (bytes: number, column: string) => void;
