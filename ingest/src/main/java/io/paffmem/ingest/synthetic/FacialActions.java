package io.paffmem.ingest.synthetic;

/**
 * What the muscles of a face do, after the action units of the Facial Action Coding System (in
 * brackets). 0 is a face at rest and 1 a full action unless said otherwise; a little beyond is
 * allowed.
 *
 * @param innerBrowRaise inner ends of the brows up (AU 1)
 * @param outerBrowRaise outer ends of the brows up (AU 2)
 * @param browFrown brows together and down (AU 4)
 * @param lidOpening 0 closed, 1 at rest, 1.5 wide open (AU 5, 43)
 * @param squint lower lids up and tense (AU 6, 7)
 * @param cheekRaise (AU 6)
 * @param noseWrinkle (AU 9)
 * @param upperLipRaise (AU 10)
 * @param leftCorner mouth corner on the left of the picture: -1 down (AU 15) to 1 up (AU 12)
 * @param rightCorner the same on the right
 * @param mouthStretch wider (AU 20) above 0, narrower (AU 18) below 0
 * @param jawOpen (AU 26)
 * @param lipPress (AU 24)
 * @param teeth how much of the upper teeth shows
 * @param browSkew how much higher the right brow stands than the left one
 */
record FacialActions(
    float innerBrowRaise,
    float outerBrowRaise,
    float browFrown,
    float lidOpening,
    float squint,
    float cheekRaise,
    float noseWrinkle,
    float upperLipRaise,
    float leftCorner,
    float rightCorner,
    float mouthStretch,
    float jawOpen,
    float lipPress,
    float teeth,
    float browSkew) {}
