import type { LanguagePack } from "./language-pack.js";

export const en: LanguagePack = {
  verdict:
    "(?:conclusion|verdict|diagnosis|final output)(?: is|:)|(?:must|can only|has to) be|(?:answer|answers|choice|choices|option|options|statement|letter|solution|response)(?: to (?:the|this) question)?(?: here)?(?:(?: would| should| must| will| has to)? be| is| are|:| =)(?: therefore| thus| likely| most likely| probably| clearly| indeed| still)?|(?:correct|right|best|final|most appropriate) (?:answer|option|choice)|(?:i|we|i'd|i'll)(?: would| will| must)?(?: confidently)? (?:choose|select|pick|go with|answer)|answer(?:\\n|\\(| -| –| —| →)",
  verdictToo:
    "(?:i|we)(?:'d|'ll|'m| am| would| will| must)?(?: confidently| probably)? (?:opt for|settle on|vote for|(?:go|going|stick|sticking) (?:with|for)|lean(?:ing)? (?:towards|toward|to))",
  denial:
    "(?:eliminated|excluded|ruled out|rejected|incorrect|wrong)(?:(?: options| answers| choices)?:)|(?:each|every|all|both)(?: of)?(?: the)?(?: answer)? (?:option|choice|statement)(?:s)?:|(?:incorrect|wrong|false|worst|not the (?:correct|right|best)|least likely) (?:answer|option|choice)(?:s)?(?: is| are|:)|(?:answer|choice|option) (?:(?:is|are|would|could|can|should)(?: definitely| clearly| certainly| therefore)? not|cannot|can't|isn't|can’t|isn’t)(?: be)?|(?:do not|don't|not|n't) (?:choose|select|pick)",
  between: "the|option|choice|letter|answer|indeed|that of|number",
  noun: "option|choice|answer|letter",
  praise:
    "(?:is|would be|must be|seems|appears)(?: indeed| likely| clearly)?(?: the)? (?:correct|right|best|most appropriate|most likely|answer)|(?:fits|matches) (?:best|the)",
  exception: "(?:incorrect|false|wrong|untrue|not true) (?:statement|one)(?: is|:)|exception(?: is|:)",
  copula: " (?:should be|would be|is|are)",
  rejection:
    "(?:is|are|was|were|would be|seems|looks|can be)(?: all| both| also| clearly| therefore| definitely)* (?:incorrect|wrong|false|unlikely|excluded|ruled out|eliminated|not )|(?:would|should|could|can) not|cannot|(?:incorrect|wrong)(?: because|,|.|:)",
  negation: "not|without|than|unlike|exclude|excludes|excluding|rule out|rules out|eliminate",
  joiner: "and|or",
  connective: "because|since|as|for|is|was|due|given|with|and",
  refusal:
    "sorry|(?:i|as an ai.{0,40}?i) (?:cannot|can't|can’t|can not|am unable to|am not able to|will not|won't|must decline|decline to|refuse to)|i(?:'m|’m| am) (?:unable|not able|not qualified)|as an ai(?: language)?(?: model| assistant)?",
  casual:
    "(?:^|\\n| |,|\\()(?:(?:i|we) (?:would |will )?(?:think|guess|believe|suspect|say|take)(?: that)?(?: it'?s| it is)?|i'd say|i'll take|let(?:'s| us) (?:go with|take|pick|choose|say)|inclined to (?:choose|pick|select|answer|say)|(?:vote|choice) goes to|if i (?:had|have) to (?:choose|pick|guess|answer)(?: one)?,?|probably|most likely|definitely|certainly|by elimination,?|(?:which|that) leaves(?: only| us with)?|leaving(?: only| us with)?|correct:)",
  casualBehind:
    " (?:it is|for sure)(?:\\.|,|!|\\n|$)|, i (?:think|guess|believe|suspect|suppose|would say)(?:\\.|,|!|\\n|$)",
  amidBefore:
    "(?:^|\\n| |,|;|:|\\()(?:of|among|amongst|between|from)(?: the)?(?: options?| choices?| answers?)?(?: |:|\\(){1,2}",
  hypothesis: "(?:^|(?: |,))(?:if|unless|suppose|supposing|assuming|had (?:it|he|she|they|the)) ",
  hearsay:
    "(?:^| |,)(?:distractor|commonly|often (?:chosen|picked|mistaken)|many (?:students|people|candidates|textbooks)|some (?:students|people|candidates|textbooks|sources|books)|others|tempting|believes|thinks|(?:they|some|many|people|students|others|who|experts) believe|previous (?:question|item|case)|another question|example above|sample|initially|at first|note that)",
  elsewhere:
    "(?:previous|earlier|next|another|other|different) (?:question|item|case|vignette)|(?:sample|example) (?:above|question|item)|exam(?:ination)? key|version of (?:the|this|that) (?:question|case|item|vignette)|similar (?:question|case|item|vignette)",
  here: "(?:this|our|the present|current) (?:question|item|case|patient|vignette)",
  conclusion:
    "(?:therefore|thus|hence|so|in conclusion|in summary|overall|consequently|accordingly|based on|given)",
  several:
    "(?:more than one|multiple|several) (?:answer|option|choice)s? (?:are|is) (?:correct|right)|(?:all|both) (?:of the )?(?:above|options|answers)",
  wrong:
    "(?:is|are|was|were|be) (?:incorrect|wrong|false)|incorrect because|not (?:advised|recommended|correct|right|true|the|appropriate|indicated)|unlikely|ruled out|eliminated",
  rest: "(?:the others|the rest|all others|(?:all )?(?:the )?other (?:options|answers|choices|statements)) (?:are|is)",
  forced: "(?:have|had|forced|must|need) (?:to )?(?:choose|pick|select|answer|guess)",
  reason: "because|since|as|given that|due to",
  term: "(?:cells?|lymphocytes?|vitamins?|waves?|peptide|fibers?|symptoms)(?: |,|.|$)",
  trueStatement: "(?:correct|true|right|accurate) (?:statements?|ones)(?: is| are|:)",
  falseStatement:
    "(?:incorrect|false|wrong|untrue|inaccurate|not true|not correct|least likely|odd) (?:statement|one|option|answer|choice)(?:s)?(?: is| are| here is|:)|exception(?: is|:)|except(?: for)?|with the exception of",
  superlative: "(?:most|best|next|first|primary|greatest|highest|initial|definitive)(?: |-)",
  others: "(?:the )?(?:other|remaining)(?: \\p{L}+){0,2}?,?(?: \\(|:|,| such as| like| including| listed)",
  optionBefore:
    " (?:to|and) (?:obtain|perform|administer|start|order|give|begin|initiate|prescribe|recommend|do|use|get)(?: a| an| the| with)?| leaves(?: only| us with)?| leaving(?: only)?| left with",
  disowning:
    "doubt|(?:one|you|some|many) (?:might|may|could) (?:say|think|assume|argue)|disagree|dispute|deny|denies|whether|(?:was|been|were) told|told (?:me|us|that)|asked (?:me|if|about)|(?:some|others|people|they|you|he|she|many|colleagues|students|experts|textbooks|textbook|book|key|chatgpt|colleague|student|friend|nobody|no one|everyone|everybody)(?: would| will| may| might)? (?:say|says|said|claim|claims|claimed|argue|argued|think|thought|suggest|suggested|insist)|(?:not|(?:do|does|did|is|was|ca|could|would|wo|should)n(?:'|’)t|never|hardly|cannot) (?:say|assume|think|believe|agree|accept|conclude|claim|imply|mean|certain|sure|convinced|true that|the case)|(?:wrong|mistake|mistaken|incorrect|hard|difficult|impossible|misleading|false|untrue|error) (?:to|that|if)|unlikely that|no (?:reason|evidence|way)",
  disowned:
    " ?(?:(?:is|was|are|were|would be|must be|seems|looks) (?:also |clearly |definitely |plainly |surely |simply |just )?(?:wrong|incorrect|false|mistaken|unlikely|improbable|implausible|untenable|ruled out|excluded|not (?:correct|right|true|the (?:answer|right|correct|best)|plausible|likely))|(?:is|was)n(?:'|’)t|(?:can|could) ?n(?:'|’|o)t be)",
  correction:
    "correction(?:,|:|\\.|!| -| —|—|–| –)|corrected(?: answer|:)|(?:sorry|apologies|my apologies|my mistake|my bad|oops|whoops|ah|oh|hmm)(?:,|:|!| -| —| –|—|–|\\.| i | my | that | it )|i (?:actually )?(?:meant|mean|misread|misspoke|mistyped|made (?:a|an) (?:mistake|error)|take that back|was wrong)|scratch that|strike that|typo|wait(?:,|!|:| -| —| –|—|–|…|\\.\\.\\.| no)|hold on|on second thought|on reflection|(?:actually, )?no(?:,|:|!|—| —| –| -|;)|(?:i|i'd|let me|i'll|i will|i must)(?: would| have to| now)? (?:change|revise|amend|correct|retract|withdraw|switch)d? (?:my|that|the|this)(?: final)? (?:answer|choice|response)(?: from(?: option)? .)?|actually, (?:it|make it|i )|edit:|erratum",
  optionRejected:
    "(?:avoid|avoids|avoiding|stop|stops|stopping|discontinue|discontinuing|withhold|hold|anything but|everything but|all but|except|except for|allergic to|allergy to|intolerant (?:of|to)|(?:currently|already|been|is|was|are) (?:on|taking|using|receiving)|patient on|patients on|(?:takes|taking|receives|receiving)|(?:do not|don't|would not|wouldn't|should not|shouldn't|cannot|can't|never|not)(?: to)?(?: be)?(?: recommend| use| give| choose| prescribe| start| administer| given)?|(?:against|rather than|instead of|no longer|contraindication to|contraindications to|contraindicates))(?: using| use of| the use of| giving| with)?(?: the| any| a)?",
  optionFails:
    "(?:is|are|was|were|would be|should be|must be)(?: also| clearly| absolutely| strictly| relatively)? (?:contraindicated|avoided|stopped|discontinued|withheld|inappropriate|harmful|useless|teratogenic|unsuitable|ineffective|not |never )|(?:must|should|may|can) (?:not|never)|cannot|does nothing|does not|doesn't|(?:has|have|needs|need) to be (?:replaced|stopped|avoided|discontinued)|allergy|would (?:have been|be) .{0,60} (?:if|had) |can be ruled out|failed|was tried",
  contrast: " (?:but|however|yet|actually) ",
  apart:
    "(?:,|;|\\.)?(?: )?(?:rather than|and not|instead of|as opposed to|unlike|because|followed by|in contrast to) ",
  turned: " but rather | but instead ",
  aside: "(?:over time|conversely|by contrast|in contrast|later on|occasionally|rarely)",
  noneFits:
    "none of (?:the|these)(?: above| given| listed| provided)?(?: options| answers| choices| statements)? (?:is|are|fit|fits|match|matches) ",
};
