/** What a colour means here: goodwill won, lost, in between; or nothing yet. Styles follow from `data-tone`. */
export type Tone = 'won' | 'lost' | 'even' | 'quiet'
