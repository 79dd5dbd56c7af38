import type { RatingScale } from "../../../../src/lib/calibration/read-rating.js";

/** A rating packet whose returned sheets and forms are to be read. */
export interface PacketTask {
  readonly file: string;
  readonly packet: {
    readonly id: string;
    readonly scale: RatingScale;
    /** Null for a packet of an earlier version that does not say so. */
    readonly criteria: readonly string[] | null;
    readonly raters: readonly string[] | null;
  };
}
