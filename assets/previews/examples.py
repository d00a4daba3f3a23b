"""The stage that each picture shows, by the modules of host/python/lutist/adjustments."""

EXAMPLES = {
    "light": {
        "exposure": "exposure(0.5)",
        "brightness": "brightness(0.35)",
        "gamma": "gamma(1.6)",
        "contrast": "contrast(0.4)",
        "sigmoid": "sigmoid(1.8, pivot=0.35)",
        "levels": "levels(0.1, 0.8, 1.2)",
        "black_point": "black_point(-0.15)",
        "white_point": "white_point(0.8)",
    },
    "curves": {
        "curve": "curve((0, 0.08), (0.25, 0.2), (0.7, 0.8), (1, 0.95))",
        "invert": "invert()",
        "posterize": "posterize(5)",
        "threshold": "threshold(0.4)",
        "solarize": "solarize(0.5)",
    },
    "display": {
        "srgb_to_linear": "srgb_to_linear()",
        "linear_to_srgb": "linear_to_srgb()",
        "linear": "linear(exposure(1))",
        "filmic": 'linear(filmic("hable", exposure=2, white=4))',
        "log_to_display": 'log_to_display("cineon")',
    },
    "color": {
        "grayscale": "grayscale()",
        "saturation": "saturation(1.6)",
        "vibrance": "vibrance(0.9)",
        "channel_mixer": "channel_mixer(red=(0, 0, 1), blue=(1, 0, 0))",
        "hue_rotate": "hue_rotate(120)",
        "white_balance": "white_balance(temperature=0.3)",
        "color_temperature": "color_temperature(4500)",
    },
    "grading": {
        "lift_gamma_gain": "lift_gamma_gain(lift=(0, 0.03, 0.1), gamma=1.2, gain=(1.05, 1, 0.85))",
        "asc_cdl": "asc_cdl(slope=(1.2, 1, 0.9), offset=(-0.03, 0, 0.04), saturation=0.8)",
    },
    "toning": {
        "split_tone": "split_tone(shadows=(-0.06, 0, 0.1), highlights=(0.08, 0.02, -0.1))",
        "sepia": "sepia(0.8)",
        "duotone": "duotone((0.12, 0.08, 0.3), (1, 0.88, 0.65))",
        "cross_process": "cross_process()",
        "bleach_bypass": "bleach_bypass()",
    },
}
