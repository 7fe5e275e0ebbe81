"""150 names as they stand on gym programmes, written down before the catalogue was looked at.

They come from memory of many programmes, one a line below: strength, splits, machines, home and
bands, classes, rehabilitation, running and sport. Of 166, sixteen
were taken out by lot, none because it was not found.
"""

from __future__ import annotations

PROGRAMMES = {
    "barbell novice": "Squat 5x5; Bench; Barbell Row; Power Clean; Chin-ups",
    "push": (
        "Flat DB Press; Incline Barbell Bench; Cable Flyes; Lateral Raises; Tricep Pushdowns; "
        "Skull Crushers; Pec Deck; Arnold Press"
    ),
    "pull": (
        "Lat Pull Downs; Seated Cable Row; T-Bar Rows; Face Pulls; EZ Bar Curls; Hammer Curls; "
        "Preacher Curl; Shrugs; Rear Delt Fly; One Arm DB Row; Pull Ups; Straight Arm Pulldown"
    ),
    "legs": (
        "Leg Extensions; Lying Hamstring Curl; Seated Leg Curls; Romanian Deadlifts; Walking "
        "Lunges; Bulgarian Split Squats; Hack Squat; Seated Calf Raise; Hip Thrusts; Adductor "
        "Machine; Abductor Machine; Goblet Squats; Front Squat"
    ),
    "powerlifting": (
        "Sumo Deadlift; Deficit Deadlifts; Rack Pulls; Pause Squat; Close Grip Bench Press; Good "
        "Mornings; Box Squats; Block Pulls; Stiff Leg Deadlift; Trap Bar Deadlift; Glute Ham "
        "Raise; Reverse Hypers; Zercher Squat"
    ),
    "olympic and crossfit": (
        "Snatch; Clean and Jerk; Push Press; Thrusters; Wall Balls; KB Swings; Burpees; Box "
        "Jumps; Double Unders; Toes to Bar; Ring Rows; Overhead Squat; Handstand Push Ups; Man "
        "Makers; Assault Bike; Rope Climbs; Muscle Ups"
    ),
    "core": (
        "Plank; Side Plank; Crunches; Bicycle Crunches; Russian Twists; Hanging Leg Raises; Dead "
        "Bugs; Bird Dogs; Pallof Press; Cable Woodchops; V-Ups; Mountain Climbers; Leg Raises; "
        "Flutter Kicks; Supermans; Sit Ups; Captain's Chair; Back Extensions"
    ),
    "carries and conditioning": (
        "Farmers Walk; Sled Push; Prowler; Battle Ropes; Tyre Flips; Med Ball Slams; Jumping "
        "Jacks; Skipping; High Knees; Shuttle Runs; Step Ups"
    ),
    "machines and cardio": (
        "Treadmill; Cross Trainer; Rower; Stairmaster; Spin Bike; Recumbent Bike; Chest Press "
        "Machine; Assisted Pull Ups; Ski Erg; Incline Treadmill Walk; Arm Ergometer"
    ),
    "home and bands": (
        "Press Ups; Knee Push Ups; Bodyweight Squats; Wall Sit; Glute Bridges; Single Leg Glute "
        "Bridge; Clamshells; Donkey Kicks; Fire Hydrants; Band Pull Aparts; Tricep Dips; Chair "
        "Squats; Resistance Band Row; Reverse Lunges; Side Lunges"
    ),
    "stretch and rehab": (
        "Cat Cow; Child's Pose; Cobra Stretch; Hamstring Stretch; Hip Flexor Stretch; Pigeon "
        "Pose; Knee to Chest; Pelvic Tilts; McKenzie Press Up; Thread the Needle; Piriformis "
        "Stretch; Downward Dog; Foam Rolling; Quad Stretch; McGill Curl Up"
    ),
    "classes, running and sport": (
        "Yoga; Pilates; Zumba; Body Pump; HIIT; Running; Couch to 5k; Sprints; Swimming; Golf; "
        "Tennis; 5-a-side"
    ),
}
"""Programme → its exercises, as they were typed."""


def typed_names() -> list[str]:
    """Return the names, without what is written behind them about sets."""
    listed = [name for line in PROGRAMMES.values() for name in line.split("; ")]
    return [
        " ".join(w for w in name.split() if not w.replace("x", "").isdigit()) for name in listed
    ]
