// Replays
