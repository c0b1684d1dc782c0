package io.paffmem.ingest.synthetic;

import java.util.SplittableRandom;

/**
 * What a person looks like whatever they feel. Lengths are in head units: half the width of an
 * average face, with the eyes at y = 0, the mouth near y = 1 and the chin near y = 1.6.
 */
final class Appearance {
  enum Hair {
    BALD,
    RECEDING,
    BUZZ,
    SHORT,
    SIDE_PART,
    CURLY,
    BOB,
    LONG,
    UPDO
  }

  enum Beard {
    NONE,
    STUBBLE,
    MOUSTACHE,
    GOATEE,
    FULL
  }

  enum Glasses {
    NONE,
    ROUND,
    SQUARE
  }

  private static final int[] SKIN = {
    0xF6D3BD, 0xEFC4A2, 0xE3B28B, 0xD69F74, 0xB97F56, 0x93603E, 0x6B432C
  };
  private static final int[] HAIR = {0x1B1614, 0x33231B, 0x59392A, 0x7A4F2F, 0xA87B45, 0xD8B878};
  private static final int RED_HAIR = 0x96431F;
  private static final int GREY_HAIR = 0xB9B6B2;
  private static final int[] IRIS = {0x2E1A10, 0x4B2B16, 0x6E4A25, 0x5B6B3C, 0x4E7A6B, 0x4F7FA8};
  private static final int[] CLOTHES = {
    0x2F4A6D, 0x6B2F3A, 0x3B5A45, 0x4A4A52, 0xB8B2A6, 0x7C5C8A, 0xC98B3F, 0x1F2A30, 0x8AA6B8
  };

  final float faceWidth;
  final float jawWidth;
  final float chinWidth;
  final float chinY;
  final float crownY;
  final float cheeks;
  final int skin;
  final int skinShade;
  final int skinLight;

  final Hair hair;
  final int hairColor;
  final float hairlineY;
  final float hairVolume;
  final float partSide;
  final long hairSeed;

  final float browThickness;
  final float browY;
  final float browTilt;
  final float browArch;
  final int browColor;

  final float eyeX;
  final float eyeWidth;
  final float eyeHeight;
  final float eyeTilt;
  final int irisColor;
  final float irisSize;

  final float noseWidth;
  final float noseLength;
  final float noseHeight;

  final float mouthY;
  final float mouthWidth;
  final float upperLip;
  final float lowerLip;
  final int lipColor;

  final float earSize;
  final Glasses glasses;
  final int glassesColor;
  final Beard beard;

  /** 0 young to 1 old: depth of lines. */
  final float age;

  final float blush;
  final float eyeShadow;
  final int eyeShadowColor;
  final float lashes;
  final int clothes;
  final boolean collar;

  /**
   * Drawn at random.
   *
   * @param otherGlasses whether glasses are worn by those who else wear none, and the reverse
   */
  Appearance(SplittableRandom random, boolean otherGlasses) {
    // A lean towards what is more often seen on women (1) or men (0); most traits only lean.
    float feminine = random.nextBoolean() ? uniform(random, 0.6f, 1) : uniform(random, 0, 0.4f);
    age = (float) Math.pow(random.nextDouble(), 1.4);

    faceWidth = uniform(random, 0.94f, 1.1f);
    jawWidth = uniform(random, 0.77f, 0.95f) - 0.07f * feminine;
    chinWidth = uniform(random, 0.26f, 0.42f) - 0.08f * feminine;
    chinY = uniform(random, 1.5f, 1.72f);
    crownY = uniform(random, -1.55f, -1.38f);
    cheeks = uniform(random, -0.04f, 0.06f);
    float tan = (float) random.nextDouble();
    int plain = Tone.along(SKIN, tan);
    skin =
        Tone.scale(
            plain,
            uniform(random, 0.97f, 1.02f),
            uniform(random, 0.96f, 1.01f),
            uniform(random, 0.94f, 1.03f));
    skinShade = Tone.scale(skin, 0.62f, 0.5f, 0.47f);
    skinLight = Tone.mix(skin, 0xFFF6EA, 0.4f);

    hair = pickHair(random, feminine, age);
    int natural =
        random.nextInt(12) == 0 && tan < 0.6f
            ? RED_HAIR
            : Tone.along(HAIR, (float) random.nextDouble() * (1 - 0.75f * tan));
    float grey = age > 0.65f ? uniform(random, 0, 1) : 0;
    hairColor = Tone.mix(natural, GREY_HAIR, grey);
    hairlineY = uniform(random, -1.0f, -0.78f);
    hairVolume = uniform(random, 0.05f, 0.2f);
    partSide = random.nextBoolean() ? 1 : -1;
    hairSeed = random.nextLong();

    browThickness = uniform(random, 0.055f, 0.115f) - 0.025f * feminine;
    browY = uniform(random, -0.42f, -0.33f);
    browTilt = uniform(random, -0.05f, 0.06f);
    browArch = uniform(random, 0.02f, 0.1f);
    browColor = Tone.mix(Tone.scale(hairColor, 0.7f), 0x2A1C15, 0.35f);

    eyeX = uniform(random, 0.41f, 0.5f);
    eyeWidth = uniform(random, 0.215f, 0.27f);
    eyeHeight = uniform(random, 0.1f, 0.145f);
    eyeTilt = uniform(random, -0.045f, 0.03f);
    irisColor = Tone.along(IRIS, (float) random.nextDouble() * (1 - 0.6f * tan));
    irisSize = uniform(random, 0.115f, 0.135f);

    noseWidth = uniform(random, 0.2f, 0.3f) - 0.03f * feminine;
    noseLength = uniform(random, 0.6f, 0.74f);
    noseHeight = uniform(random, 0.22f, 0.42f);

    mouthY = uniform(random, 0.98f, 1.08f) + 0.3f * (chinY - 1.6f);
    mouthWidth = uniform(random, 0.34f, 0.45f);
    upperLip = uniform(random, 0.05f, 0.095f) + 0.015f * feminine;
    lowerLip = uniform(random, 0.075f, 0.125f) + 0.015f * feminine;
    int naturalLip = Tone.scale(Tone.mix(skin, 0xB4453F, 0.5f), 0.92f);
    boolean madeUp = feminine > 0.5f && random.nextInt(5) < 3;
    int lipstick =
        Tone.along(new int[] {0xC2556B, 0xA51F33, 0xB8583F, 0x7A2438}, uniform(random, 0, 1));
    lipColor = madeUp ? Tone.mix(naturalLip, lipstick, uniform(random, 0.3f, 0.9f)) : naturalLip;
    eyeShadow = madeUp ? uniform(random, 0.1f, 0.5f) : 0;
    eyeShadowColor =
        Tone.along(new int[] {0x6B4A6E, 0x4A3A34, 0x3F5E78, 0x7A4A3A}, uniform(random, 0, 1));
    lashes = 0.35f + 0.5f * feminine + (madeUp ? 0.3f : 0);
    blush = madeUp ? uniform(random, 0.1f, 0.35f) : uniform(random, 0, 0.15f);

    earSize = uniform(random, 0.85f, 1.15f);
    int spectacles = random.nextInt(10);
    Glasses worn = spectacles < 7 ? Glasses.NONE : spectacles == 7 ? Glasses.ROUND : Glasses.SQUARE;
    Glasses other = worn == Glasses.NONE ? Glasses.ROUND : Glasses.NONE;
    glasses = otherGlasses ? other : worn;
    glassesColor =
        Tone.along(new int[] {0x17181C, 0x5A2E1E, 0x8C7A52, 0x2A3A66}, uniform(random, 0, 1));
    Beard[] beards = Beard.values();
    beard =
        feminine > 0.5f || random.nextInt(2) == 0
            ? Beard.NONE
            : beards[1 + random.nextInt(beards.length - 1)];
    clothes = CLOTHES[random.nextInt(CLOTHES.length)];
    collar = random.nextBoolean();
  }

  private static Hair pickHair(SplittableRandom random, float feminine, float age) {
    Hair[] short_ = {Hair.BUZZ, Hair.SHORT, Hair.SHORT, Hair.SIDE_PART, Hair.SIDE_PART, Hair.CURLY};
    Hair[] long_ = {
      Hair.LONG, Hair.LONG, Hair.BOB, Hair.BOB, Hair.UPDO, Hair.CURLY, Hair.SIDE_PART
    };
    if (feminine > 0.5f) {
      return long_[random.nextInt(long_.length)];
    }
    if (random.nextDouble() < 0.12 + 0.3 * age) {
      return random.nextBoolean() ? Hair.BALD : Hair.RECEDING;
    }
    return random.nextInt(12) == 0 ? Hair.LONG : short_[random.nextInt(short_.length)];
  }

  private static float uniform(SplittableRandom random, float low, float high) {
    return low + (high - low) * (float) random.nextDouble();
  }
}
