export { toArrow, toArrowStream } from "./arrow.js";
export { type ColumnKind, type FrameColumn, readColumns } from "./columns.js";
export { readFrame } from "./danfo.js";
