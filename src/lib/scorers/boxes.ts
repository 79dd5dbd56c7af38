import { z } from "zod";
import { readGoldBoxes, scoreBoxes } from "../metrics/box-answer.js";
import { boxSpaces, defaultBoxFields } from "../metrics/box-text.js";
import { fromItemScore } from "./component-score.js";
import { answerScorer } from "./scorer.js";

const side = z.number().positive();

export const boxes = answerScorer({
  name: "boxes",
  label: { en: "Boxes", zh: "边界框" },
  summary: "Boxes on an image, matched with the gold boxes: their mean overlap (IoU).",
  version: "2",
  options: z
    .strictObject({
      space: z
        .enum(boxSpaces)
        .default("per1000")
        .describe(
          "coordinates of the boxes: thousandths of the image's sides, pixels, or fractions of the sides",
        ),
      imageSize: z
        .tuple([side, side], { error: "expected [width, height] in pixels" })
        .optional()
        .describe("width and height of the images in pixels; required for space pixel"),
      fields: z
        .strictObject({ label: z.string().min(1), box: z.string().min(1) })
        .default(defaultBoxFields)
        .describe("names of the two fields of an entry, in answers and gold"),
      none: z
        .array(z.string().min(1))
        .default(["无病变"])
        .describe("labels that mean that there is no lesion"),
      matchLabels: z.boolean().default(true).describe("whether only boxes with the same label are matched"),
      take: z.enum(["all", "first"]).default("all").describe("which boxes of an answer count"),
      clip: z.boolean().default(true).describe("whether boxes of answers are cut at the edges of the image"),
    })
    .refine(({ space, imageSize }) => (space === "pixel") === (imageSize !== undefined), {
      path: ["imageSize"],
      error: "goes with space pixel: give both or neither",
    }),
  pooling: "mean",
  reads: "text",
  example: {
    text: '[{"类别": ["肺癌"], "边界框": [420, 380, 510, 460]}]',
    gold: [{ 类别: ["肺癌"], 边界框: [420, 380, 510, 460] }],
  },
  checkGold({ gold }, options) {
    readGoldBoxes(gold, given(options));
    return gold;
  },
  score({ text, gold }, options) {
    return fromItemScore(scoreBoxes(text, gold, given(options)), {
      text,
      readBy: "json",
      show: (parsed) => JSON.stringify(parsed),
    });
  },
});

/** Without the image size where it is not given, as the library expects. */
function given<Options extends { readonly imageSize?: readonly [number, number] | undefined }>({
  imageSize,
  ...options
}: Options): Omit<Options, "imageSize"> & { readonly imageSize?: readonly [number, number] } {
  return imageSize === undefined ? options : { ...options, imageSize };
}
