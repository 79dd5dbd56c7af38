import { z } from "zod";

/** `packet.yaml`: what a rating packet asked its raters, so that what comes back can be read. */
export const packetSchema = z
  .strictObject({
    schema: z.literal("medbench-packet/1"),
    /** Name of the rating round; `ratings.batch`. */
    packet: z.string().min(1),
    /** Whole grades from `min` to `max`. */
    scale: z.strictObject({ min: z.int(), max: z.int() }),
    criteria: z.array(z.string().min(1)).min(1),
    /** Pseudonyms. */
    raters: z.array(z.string().min(1)).min(1),
  })
  .refine(({ scale }) => scale.min < scale.max, "scale: min must be below max");

/** A file that names the packet's own file in the same folder: `--mapping from-forms.yaml` of earlier versions. */
export const packetReferenceSchema = z.strictObject({
  schema: z.literal("medbench-packet/1"),
  see: z.string().min(1),
});

export type PacketFile = z.infer<typeof packetSchema>;
