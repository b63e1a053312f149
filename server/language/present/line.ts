// One line of an explanation: plain text, and the place in the document that it speaks of.
import { type Place, placeText } from './place.js';

export interface Line {
  readonly text: string;
  readonly place?: Place;
}

export const lineText = ({ text, place }: Line): string => (place ? `${text} (${placeText(place)})` : text);
