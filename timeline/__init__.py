"""Several reports that disagree, one timeline with its evidence.

The stages, in order: read documents (:mod:`sources`), tag time expressions, resolve them, read claims, reconcile the claims
into events, arrange the events into an itinerary, and write it (:mod:`reports`).
"""
