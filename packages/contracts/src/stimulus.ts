// What was shown. A stimulus may have an image, captions, or both; a backend says what it needs.

/** An image as bytes of a file (PNG, JPEG, ...), read when needed and never kept. */
export interface ImageSource {
  /** Where it is, for messages. */
  readonly location: string;
  /** SHA-256 of the bytes, hex: part of the name of every artefact that depends on the image. */
  readonly sha256: string;
  readBytes(): Promise<Uint8Array>;
}

/** Captions of the cells of a grid over the image, row by row; `null` = nothing described there. */
export interface CaptionGrid {
  readonly height: number;
  readonly width: number;
  readonly cells: readonly (string | null)[];
}

export interface Stimulus {
  readonly id: string;
  readonly image?: ImageSource;
  readonly captions?: readonly string[];
  readonly captionGrid?: CaptionGrid;
}

/** Which part of a stimulus a model looks at. `id`: features computed elsewhere, looked up by id. */
export type StimulusInput = 'image' | 'captions' | 'caption-grid' | 'id';
